import { sql } from "kysely";
import { misnumberedContracts } from "./misnumbered-contracts.ts";
import { invariantOf, type StoredInvariant } from "./stored-invariant.ts";

/** The running number within a contract's number; null where it has none. */
const RUNNING = sql`substring(number FROM '^[A-Z0-9]{2,8}-\\d{6}-(\\d{6,9})-[0-9A-Z]$')::integer`;

/** What is true of numbers. */
export const NUMBER_INVARIANTS: readonly StoredInvariant[] = [
  invariantOf(
    "I10",
    {
      zh: "每份合同的编号只属于它：编号登记与合同一一对应",
      en: "a number belongs to one contract, and every contract's is in the directory of numbers",
    },
    sql`SELECT 'contract' AS kind, coalesce(contracts.number, entry.number) AS name,
        coalesce(contracts.account, entry.account) AS account,
        jsonb_build_object('contract', contracts.contract_id, 'directory', entry.contract_id) AS found
      FROM contracts FULL JOIN contract_numbers entry ON entry.number = contracts.number
        AND entry.account = contracts.account AND entry.contract_id = contracts.contract_id
      WHERE contracts.contract_id IS NULL OR entry.contract_id IS NULL`,
  ),
  invariantOf(
    "I11",
    {
      zh: "每个卖方每月的合同编号从 1 起连续，不缺号、不重号，最后一号即计数器所记",
      en: "a seller's numbers of a month run from 1 without a gap or a double, up to what the counter says",
    },
    sql`WITH given AS (SELECT seller, split_part(number, '-', 2) AS year_month, count(*) AS contracts,
        count(DISTINCT ${RUNNING}) AS numbers, max(${RUNNING}) AS highest FROM contracts GROUP BY 1, 2)
      SELECT 'numbers' AS kind, seller || ' ' || year_month AS name, NULL AS account, jsonb_build_object(
        'counter', last, 'contracts', contracts, 'numbers', numbers, 'highest', highest, 'firstMissing', (
          SELECT min(wanted) FROM (SELECT generate_series(1, greatest(last, highest)) AS wanted EXCEPT
            SELECT ${RUNNING} FROM contracts WHERE contracts.seller = pairs.seller
              AND split_part(number, '-', 2) = pairs.year_month) missing)) AS found
      FROM (given FULL JOIN contract_counters USING (seller, year_month)) pairs
      WHERE (contracts, numbers, highest) IS DISTINCT FROM (last::bigint, last::bigint, last)`,
  ),
  {
    id: "I12",
    sentence: {
      "zh-CN": "合同编号的前缀属于卖方，月份为申请时卖方所在时区的月份，校验位无误",
      en: "a number has its seller's prefix, the month of the request in the seller's zone, and a fitting check character",
    },
    find: misnumberedContracts,
  },
];
