import { type RawBuilder, sql } from "kysely";
import { invariantOf, type StoredInvariant, type ViolationRow } from "./stored-invariant.ts";

/** What is true of what was written down and told about contracts. */
export const ANNOUNCEMENT_INVARIANTS: readonly StoredInvariant[] = [
  invariantOf(
    "I13",
    {
      zh: "合同的申请、出具和作废在审计日志中各有且仅有一条记录，也没有不存在之合同的记录",
      en: "the audit says once of each contract that it was requested, issued, voided, and of no other contract",
    },
    toldOnce(sql`SELECT account, object_id AS number, action AS what, detail ? 'reason' AS with_reason FROM audit_entries
      WHERE object_kind = 'contract' AND action IN ('contract.requested', 'contract.issued', 'contract.voided')`),
  ),
  invariantOf(
    "I14",
    {
      zh: "合同的申请、出具和作废各有且仅有一个事件，也没有不存在之合同的事件",
      en: "there is one event for each contract that it was requested, issued, voided, and for no other contract",
    },
    toldOnce(sql`SELECT account, subject AS number, type AS what, data ? 'reason' AS with_reason FROM outbox
      WHERE type IN ('contract.requested', 'contract.issued', 'contract.voided')`),
  ),
  invariantOf(
    "I15",
    {
      zh: "未付款订单的付款期限要么仍在记录之中，要么已通知结束；所记期限与合同一致",
      en: "the hold of an unpaid order is on record until its end is announced, and ends when its contract says",
    },
    sql`WITH told AS (SELECT account, data ->> 'contract' AS number,
        count(*) FILTER (WHERE type = 'order.hold_started') AS started,
        count(*) FILTER (WHERE type = 'order.hold_ended') AS ended
        FROM outbox WHERE type IN ('order.hold_started', 'order.hold_ended') GROUP BY 1, 2)
      SELECT 'contract' AS kind, contracts.number AS name, contracts.account, jsonb_build_object(
        'holdUntil', contracts.hold_until, 'onRecord', open_holds.hold_until,
        'started', coalesce(started, 0), 'ended', coalesce(ended, 0)) AS found
      FROM contracts LEFT JOIN told USING (account, number) LEFT JOIN open_holds USING (account, contract_id)
      WHERE (contracts.hold_until IS NOT NULL AND open_holds.contract_id IS NULL
          AND (coalesce(ended, 0) = 0 OR ended < coalesce(started, 0)))
        OR (open_holds.contract_id IS NOT NULL AND (coalesce(ended, 0) > coalesce(started, 0)
          OR open_holds.hold_until IS DISTINCT FROM contracts.hold_until))`,
  ),
  invariantOf(
    "I16",
    {
      zh: "订单的每一次上报都有审计记录",
      en: "every report of an order is in the audit",
    },
    sql`WITH told AS (SELECT DISTINCT account, object_id AS order_id, (detail ->> 'revision')::bigint AS revision
        FROM audit_entries WHERE object_kind = 'order')
      SELECT 'order' AS kind, order_id AS name, account, jsonb_build_object('revision', revision) AS found
      FROM order_reports LEFT JOIN told USING (account, order_id, revision) WHERE told.order_id IS NULL`,
  ),
];

/** Contracts of which something was told more or less often than it happened. A voiding by the desk gives its reason; that by a cancelled order gives none. */
function toldOnce(told: RawBuilder<unknown>): RawBuilder<ViolationRow> {
  return sql`WITH told AS (SELECT account, number, count(*) FILTER (WHERE what = 'contract.requested') AS requested,
      count(*) FILTER (WHERE what = 'contract.issued') AS issued,
      count(*) FILTER (WHERE what = 'contract.voided' AND with_reason) AS voided
      FROM (${told}) entries GROUP BY 1, 2)
    SELECT 'contract' AS kind, number AS name, account, jsonb_build_object('state', state,
      'requested', coalesce(requested, 0), 'issued', coalesce(issued, 0), 'voided', coalesce(voided, 0)) AS found
    FROM contracts FULL JOIN told USING (account, number)
    WHERE state IS NULL OR (coalesce(requested, 0), coalesce(issued, 0), coalesce(voided, 0))
      <> (1, (state = 'issued')::integer, (voided_at IS NOT NULL)::integer)`;
}
