import { sql } from "kysely";
import { invariantOf, type StoredInvariant } from "./stored-invariant.ts";

/** What is true of contracts and of what they are on. */
export const CONTRACT_INVARIANTS: readonly StoredInvariant[] = [
  invariantOf(
    "I01",
    {
      zh: "一个订单只有一份合同，作废或失效的也算；经规则允许重新出具的，依次替换前一份",
      en: "an order has one contract, a void or lapsed one included; where the policy let it be replaced, one chain",
    },
    sql`SELECT 'order' AS kind, order_id AS name, account, jsonb_build_object(
        'firstContracts', count(*) FILTER (WHERE replaces IS NULL), 'contracts', string_agg(number, ' ' ORDER BY number)) AS found
      FROM contracts WHERE order_id IS NOT NULL
      GROUP BY account, order_id HAVING count(*) FILTER (WHERE replaces IS NULL) <> 1`,
  ),
  invariantOf(
    "I02",
    {
      zh: "一个账号一个月的账单只有一份合同，作废的也算；经规则允许重新出具的，依次替换前一份",
      en: "a month's bill has one contract, a void one included; where the policy let it be replaced, one chain",
    },
    sql`SELECT 'bill' AS kind, cycle AS name, account, jsonb_build_object(
        'firstContracts', count(*) FILTER (WHERE replaces IS NULL), 'contracts', string_agg(number, ' ' ORDER BY number)) AS found
      FROM contracts WHERE cycle IS NOT NULL
      GROUP BY account, cycle HAVING count(*) FILTER (WHERE replaces IS NULL) <> 1`,
  ),
  invariantOf(
    "I03",
    {
      zh: "替换另一份合同的，只替换同一订单或账单上已作废的一份，且当时的规则允许；每份至多被替换一次，不成环",
      en: "a contract replaces only a voided one of its own order or bill, with the policy's leave, each once and in no circle",
    },
    // Each contract has one predecessor at most, so that a circle cannot be reached from a first one.
    sql`WITH RECURSIVE chain AS (
        SELECT account, contract_id, order_id, cycle, voided_at FROM contracts first
        WHERE replaces IS NULL AND EXISTS (SELECT FROM contracts later
          WHERE later.account = first.account AND later.replaces = first.contract_id)
        UNION ALL
        SELECT later.account, later.contract_id, later.order_id, later.cycle, later.voided_at
        FROM chain JOIN contracts later ON later.account = chain.account AND later.replaces = chain.contract_id
        JOIN policies ON policies.version = later.policy_version AND policies.body -> 'reissueAfterVoid' = 'true'
        WHERE chain.voided_at IS NOT NULL
          AND (later.order_id, later.cycle) IS NOT DISTINCT FROM (chain.order_id, chain.cycle))
      SELECT 'contract' AS kind, number AS name, account, jsonb_build_object('replaces', replaces) AS found
      FROM contracts WHERE replaces IS NOT NULL AND (
        (account, contract_id) NOT IN (SELECT account, contract_id FROM chain)
        OR EXISTS (SELECT FROM contracts twin WHERE twin.account = contracts.account
          AND twin.replaces = contracts.replaces AND twin.contract_id <> contracts.contract_id))`,
  ),
  invariantOf(
    "I04",
    {
      zh: "每份合同都属于本账号的一个订单或一期账单，并依据已发布的一版规则",
      en: "a contract is on an order or a bill of its own account, and under a published policy",
    },
    sql`SELECT 'contract' AS kind, number AS name, account,
        jsonb_build_object('order', order_id, 'bill', cycle, 'policyVersion', policy_version) AS found
      FROM contracts WHERE (order_id IS NULL) = (cycle IS NULL)
        OR (order_id IS NOT NULL AND NOT EXISTS (SELECT FROM orders
          WHERE orders.account = contracts.account AND orders.order_id = contracts.order_id))
        OR (cycle IS NOT NULL AND NOT EXISTS (SELECT FROM bills
          WHERE bills.account = contracts.account AND bills.cycle = contracts.cycle))
        OR NOT EXISTS (SELECT FROM policies WHERE policies.version = contracts.policy_version)`,
  ),
  invariantOf(
    "I05",
    {
      zh: "账单上的合同只在账单最终确定后出具，规则另定按日历的除外",
      en: "a contract on a bill is on a final one, unless the policy goes by the calendar",
    },
    sql`SELECT 'contract' AS kind, number AS name, contracts.account,
        jsonb_build_object('bill', contracts.cycle, 'state', bills.state) AS found
      FROM contracts JOIN bills USING (account, cycle)
      JOIN policies ON policies.version = contracts.policy_version
      WHERE bills.state <> 'final' AND policies.body #>> '{billFinality,basis}' IS DISTINCT FROM 'calendar'`,
  ),
  invariantOf(
    "I06",
    {
      zh: "已出具的合同有出具时间和文件，正在签章的没有；签章前后的文件不同",
      en: "an issued contract has its time and its file, one being issued has neither, and sealing changed the file",
    },
    sql`SELECT 'contract' AS kind, number AS name, account, jsonb_build_object('state', state, 'form', form,
        'issuedAt', issued_at, 'document', document_sha256, 'unsealed', unsealed_sha256) AS found
      FROM contracts WHERE (state = 'issued') <> (issued_at IS NOT NULL) OR (state = 'issued') <> (document_sha256 IS NOT NULL)
        OR (state = 'issued' AND form = 'sealed') <> (unsealed_sha256 IS NOT NULL) OR document_sha256 = unsealed_sha256
        OR state NOT IN ('issuing', 'issued') OR (form = 'offline' AND state <> 'issued')
        OR (state = 'issued' AND waiting_for IS NOT NULL)`,
  ),
  invariantOf(
    "I07",
    {
      zh: "合同快照与其 SHA-256 一致",
      en: "what a contract says is what its SHA-256 was taken of",
    },
    sql`SELECT 'contract' AS kind, number AS name, account, jsonb_build_object('snapshotSha256', snapshot_sha256) AS found
      FROM contracts WHERE snapshot_sha256 <> encode(sha256(convert_to(snapshot, 'UTF8')), 'hex')`,
  ),
  invariantOf(
    "I08",
    {
      zh: "合同快照所写的编号、账号、订单或账单、规则版本、申请时间、付款期限和所替换的合同，与记录一致",
      en: "the number, account, order or bill, policy, time, hold and predecessor that a contract says are those on record",
    },
    sql`SELECT 'contract' AS kind, number AS name, contracts.account, contract_misstatements(contracts) AS found
      FROM contracts WHERE contract_misstatements(contracts) IS NOT NULL`,
  ),
  invariantOf(
    "I09",
    {
      zh: "作废记录有时间、经办人和原因，且只有已出具的合同可作废",
      en: "a voided contract was issued, and says when, by whom and why it was voided",
    },
    sql`SELECT 'contract' AS kind, number AS name, account, jsonb_build_object('state', state, 'voidedAt', voided_at,
        'voidedBy', voided_by, 'reason', void_reason) AS found
      FROM contracts WHERE num_nonnulls(voided_at, voided_by, void_reason) NOT IN (0, 3)
        OR (voided_at IS NOT NULL AND state <> 'issued') OR void_reason = ''`,
  ),
];
