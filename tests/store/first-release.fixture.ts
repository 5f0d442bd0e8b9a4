import { createHash, randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { sql } from "kysely";
import { parseOrderDocument } from "../../src/application/order-document.ts";
import type { SellerId } from "../../src/domain/identifiers.ts";
import type { Database } from "../../src/store/database.ts";
import { orderToJson } from "../../src/store/order-record.ts";
import { orderBody } from "../http/order-body.ts";

const FIRST_MIGRATION = "0001-orders-and-contracts.sql";
const SELLER = "demo-cloud" as SellerId;
/** Holds that had ended when the second release came, and one that had not. */
export const HOLDS = { "UNPAID-LAPSED": "2026-04-01T16:00:00Z", "UNPAID-HELD": "2999-04-01T16:00:00Z" } as const;

/** An empty database filled as the first release left it (commit fb1e0a4): tables, policy, catalogue, orders, contracts. */
export async function fillAsFirstRelease(database: Database): Promise<void> {
  await sql`DROP SCHEMA public CASCADE`.execute(database);
  await sql`CREATE SCHEMA public`.execute(database);
  const text = await readFile(new URL(`../../src/store/migrations/${FIRST_MIGRATION}`, import.meta.url), "utf8");
  await sql`CREATE TABLE schema_migrations (
    name text PRIMARY KEY, sha256 text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())`.execute(database);
  await sql.raw(text).execute(database);
  const sha256 = createHash("sha256").update(text).digest("hex");
  await sql`INSERT INTO schema_migrations (name, sha256) VALUES (${FIRST_MIGRATION}, ${sha256})`.execute(database);
  await sql`INSERT INTO policies (version, body) VALUES (1, ${JSON.stringify(POLICY)})`.execute(database);
  for (const [code, selfService] of Object.entries(PRODUCTS)) {
    await sql`INSERT INTO products VALUES (${code}, ${code}, ${code}, ${selfService})`.execute(database);
  }
  await sql`INSERT INTO sellers (seller, legal_name_zh, legal_name_en, registration_number, address_zh, address_en, contact,
      number_prefix, time_zone, can_seal)
    VALUES (${SELLER}, '示例', 'Example', 'X1', '地址', 'address', 'c', 'DEMO', 'Asia/Shanghai', true)`.execute(
    database,
  );
  const identity = { state: "verified", kind: "enterprise", legalName: "青禾", legalNameEn: null };
  await sql`INSERT INTO accounts VALUES ('demo-enterprise', ${JSON.stringify(identity)}, NULL)`.execute(database);
  for (const [order, changes] of Object.entries(ORDERS)) await insertOrder(database, order, changes);
  const contracted = Object.entries({ "PAID-CONTRACTED": null, ...HOLDS });
  for (const [index, [order, holdUntil]] of contracted.entries()) {
    await insertContract(database, { order, holdUntil, number: `DEMO-202603-00000${index + 1}-X` });
  }
  await sql`INSERT INTO sessions VALUES ('token', 'demo-enterprise', 'demo', '2999-01-01Z')`.execute(database);
  for (const [key, answer] of Object.entries(KEYS)) {
    await sql`INSERT INTO idempotency_keys VALUES ('demo-enterprise', ${key}, 'fingerprint', ${answer && JSON.stringify(answer)})`.execute(
      database,
    );
  }
  await sql`INSERT INTO api_keys VALUES (${randomUUID()}, 'key', 'shop', now(), NULL)`.execute(database);
}

const REFUSED = { kind: "refused", refuse: { kind: "refuse", policyVersion: 1, refusal: { code: "order_cancelled" } } };

/** Idempotency keys with what they were first answered; null: nothing was done. */
export const KEYS: Readonly<Record<string, object | null>> = {
  contracted: { kind: "contract", number: "DEMO-202603-000001-X" },
  refused: REFUSED,
  "not found": null,
  "batch:PAID-CONTRACTED:week-41": { kind: "contract", number: "DEMO-202603-000001-X" },
  "batch:CANCELLED:week:41": REFUSED,
};

const POLICY = {
  contractableOrderTypes: ["new", "renew", "upgrade"],
  partnerKindsRefused: ["distribution"],
  identityRequired: true,
  domainServicesBeforePayment: ["registration"],
  holdDays: 45,
};

/** `rds` was taken out of self-service by the desk, `own` was added. */
const PRODUCTS: Readonly<Record<string, readonly string[]>> = {
  ecs: ["subscription", "pay_as_you_go"],
  rds: [],
  own: ["subscription"],
  domain: ["subscription"],
};

const line = (product: string) => [{ line: "1", product, quantity: "1", total: "106.00", tax: "6.00" }];
const at = "2026-03-05T08:00:00Z";

export const ORDERS: Readonly<Record<string, Parameters<typeof orderBody>[0]>> = {
  "PAID-FREE": {},
  "PAID-CONTRACTED": {},
  "UNPAID-FREE": { status: { state: "unpaid" } },
  "UNPAID-LAPSED": { status: { state: "unpaid" } },
  "UNPAID-HELD": { status: { state: "unpaid" } },
  CANCELLED: { revision: 3, status: { state: "cancelled", cancelledAt: at } },
  EXPIRED: { status: { state: "expired", expiredAt: at } },
  REFUNDED: { status: { state: "refunded", refundedAt: at } },
  "OF-RDS": { lines: line("rds") },
  "OF-OWN": { lines: line("own") },
  DOMAIN: { lines: line("domain"), status: { state: "unpaid" }, domain: { service: "auction", name: "example.cn" } },
};

async function insertOrder(database: Database, id: string, changes: Parameters<typeof orderBody>[0]): Promise<void> {
  const parsed = parseOrderDocument({ order: id, ...orderBody(changes) }, { seller: SELLER });
  if (!parsed.ok) throw new Error(parsed.fault.message.en);
  const { life: _, ...order } = parsed.value;
  const body = orderToJson(order as typeof parsed.value);
  await sql`INSERT INTO order_numbers VALUES (${id}, ${order.account})`.execute(database);
  await sql`INSERT INTO orders VALUES (${order.account}, ${id}, ${order.revision}, ${new Date(order.occurredAt)},
    ${new Date(order.placedAt)}, ${order.status.state}, ${SELLER}, NULL, ${order.lines.map(({ product }) => product)},
    ${order.domainName}, ${body})`.execute(database);
}

interface Contracted {
  readonly order: string;
  readonly number: string;
  readonly holdUntil: string | null;
}

async function insertContract(database: Database, { order, number, holdUntil }: Contracted): Promise<void> {
  const id = randomUUID();
  const snapshot = JSON.stringify({ schema: "orderseal.contract/1", number });
  const hash = createHash("sha256").update(snapshot).digest("hex");
  await sql`INSERT INTO contracts (account, contract_id, order_id, seller, number, state, requested_at, hold_until,
      policy_version, snapshot, snapshot_sha256, verification_code, issued_at, document_sha256, unsealed_sha256)
    VALUES ('demo-enterprise', ${id}, ${order}, ${SELLER}, ${number}, 'issued', '2026-03-02T08:00:00Z', ${holdUntil}, 1,
      ${snapshot}, ${hash}, 'ABCDEFGHJKLMNPQRSTUV', '2026-03-02T08:00:01Z', ${"a".repeat(64)}, ${"b".repeat(64)})`.execute(
    database,
  );
  await sql`INSERT INTO contract_numbers VALUES (${number}, 'demo-enterprise', ${id})`.execute(database);
}
