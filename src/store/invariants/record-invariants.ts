import { sql } from "kysely";
import { misfoldedOrders } from "./misfolded-orders.ts";
import { invariantOf, type StoredInvariant } from "./stored-invariant.ts";

/** What is true of orders, tickets, archives and versions. */
export const RECORD_INVARIANTS: readonly StoredInvariant[] = [
  invariantOf(
    "I17",
    {
      zh: "一个订单号只属于一个账号：订单号登记与订单一一对应",
      en: "an order number belongs to one account, and every order's is in the directory of order numbers",
    },
    sql`SELECT 'order' AS kind, coalesce(orders.order_id, entry.order_id) AS name,
        coalesce(orders.account, entry.account) AS account,
        jsonb_build_object('account', orders.account, 'directory', entry.account) AS found
      FROM orders FULL JOIN order_numbers entry ON entry.order_id = orders.order_id AND entry.account = orders.account
      WHERE orders.order_id IS NULL OR entry.order_id IS NULL`,
  ),
  {
    id: "I18",
    sentence: {
      "zh-CN": "订单当前内容可由其全部上报推得，合同状态因此可随时算出",
      en: "an order is what all its reports make of it, so that the standing of its contract can be derived at any time",
    },
    find: misfoldedOrders,
  },
  invariantOf(
    "I19",
    {
      zh: "线下合同凭一张已办结的工单登记，工单与合同属于同一订单",
      en: "an offline contract was entered by one resolved ticket, which is about the same order",
    },
    sql`SELECT 'contract' AS kind, number AS name, contracts.account, jsonb_build_object('form', form, 'tickets',
        count(ticket_id), 'order', contracts.order_id) AS found
      FROM contracts LEFT JOIN tickets ON tickets.account = contracts.account
        AND tickets.contract_id = contracts.contract_id AND tickets.order_id = contracts.order_id
        AND tickets.state = 'resolved'
      WHERE form = 'offline' GROUP BY contracts.account, contracts.contract_id HAVING count(ticket_id) <> 1
      UNION ALL
      SELECT 'ticket', ticket_id::text, account, jsonb_build_object('state', state, 'contract', contract_id)
      FROM tickets WHERE contract_id IS NOT NULL AND (state <> 'resolved' OR NOT EXISTS (SELECT FROM contracts
        WHERE contracts.account = tickets.account AND contracts.contract_id = tickets.contract_id
          AND contracts.order_id = tickets.order_id))`,
  ),
  invariantOf(
    "I20",
    {
      zh: "长期存档文件依次接续本合同的签章文件，每份文件至多被接续一次，均有审计记录",
      en: "archives continue their own contract's sealed file one after the other, each once, and are in the audit",
    },
    sql`SELECT 'archive' AS kind, number AS name, archives.account, jsonb_build_object('document', archives.document_sha256,
        'continues', archives.continues) AS found
      FROM contract_archives archives LEFT JOIN contracts USING (account, contract_id)
      WHERE contracts.contract_id IS NULL OR contracts.form <> 'sealed'
        OR (archives.continues IS DISTINCT FROM contracts.document_sha256
          AND NOT EXISTS (SELECT FROM contract_archives former WHERE former.account = archives.account
            AND former.contract_id = archives.contract_id AND former.document_sha256 = archives.continues))
        OR EXISTS (SELECT FROM contract_archives twin WHERE twin.account = archives.account
          AND twin.contract_id = archives.contract_id AND twin.continues = archives.continues
          AND twin.document_sha256 <> archives.document_sha256)
        OR NOT EXISTS (SELECT FROM audit_entries WHERE action = 'contract.archived' AND audit_entries.account = archives.account
          AND object_id = number AND detail ->> 'document' = archives.document_sha256)`,
  ),
  invariantOf(
    "I21",
    {
      zh: "每份已签章合同都列入长期存档的待办，其他合同不列入",
      en: "every sealed contract is on the list of those to archive or to renew, and no other",
    },
    sql`SELECT 'contract' AS kind, number AS name, account, jsonb_build_object('state', state, 'form', form,
        'listed', due_at IS NOT NULL) AS found
      FROM contracts FULL JOIN archive_work USING (account, contract_id)
      WHERE (due_at IS NOT NULL) IS DISTINCT FROM (state = 'issued' AND form = 'sealed')`,
  ),
  invariantOf(
    "I22",
    {
      zh: "规则和各卖方条款措辞的版本从 1 起连续；现行措辞即最后一版",
      en: "versions of the policy and of each seller's wording run from 1 without a gap; the newest wording is in use",
    },
    sql`SELECT 'policy' AS kind, max(version)::text AS name, NULL AS account,
        jsonb_build_object('versions', count(*), 'last', max(version)) AS found
      FROM policies HAVING count(*) <> max(version) OR min(version) <> 1
      UNION ALL
      SELECT 'wording', sellers.seller, NULL, jsonb_build_object('versions', count(version), 'last', max(version),
        'inUse', wording_version)
      FROM sellers LEFT JOIN wordings USING (seller) GROUP BY sellers.seller
      HAVING (count(version), max(version)) IS DISTINCT FROM (coalesce(wording_version, 0)::bigint, wording_version)`,
  ),
  invariantOf(
    "I23",
    {
      zh: "由人拟定的规则和条款措辞，拟稿与发布不是同一人",
      en: "a policy or a wording that people wrote was published by somebody else than who drafted it",
    },
    sql`SELECT 'policy' AS kind, version::text AS name, NULL AS account,
        jsonb_build_object('draftedBy', drafted_by, 'publishedBy', published_by) AS found
      FROM policies WHERE origin = 'draft'
        AND (drafted_by IS NULL OR lower(trim(drafted_by)) = lower(trim(published_by)))
      UNION ALL
      SELECT 'wording', seller || ' ' || version, NULL, jsonb_build_object('draftedBy', drafted_by, 'publishedBy', published_by)
      FROM wordings WHERE lower(trim(drafted_by)) = lower(trim(published_by))`,
  ),
];
