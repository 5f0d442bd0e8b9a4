/** What an entry into the books consists of; each can be left out, or said otherwise. */
interface Parts {
  readonly counter?: string;
  readonly directory?: string;
  readonly audit?: string;
  readonly event?: string;
  /** Columns of the contract, as SQL expressions. */
  readonly contract?: Readonly<Record<string, string>>;
  /** What the snapshot says, as SQL expressions of jsonb by path. */
  readonly says?: Readonly<Record<string, string>>;
}

/** The statements that enter a contract being issued on the order FREE of the bench, as the product enters one. */
export function wholeContract(parts: Parts = {}): string {
  const {
    counter = "UPDATE contract_counters SET last = last + 1",
    directory = `INSERT INTO contract_numbers SELECT number, account, contract_id FROM contracts WHERE ${IS_NEW}`,
    audit = `INSERT INTO audit_entries SELECT gen_random_uuid(), at, actor_kind, actor, action, account, object_kind,
      ${NEW_NUMBER}, policy_version, detail FROM audit_entries WHERE action = 'contract.requested' LIMIT 1`,
    event = `INSERT INTO outbox (event_id, at, account, type, subject, data) SELECT gen_random_uuid(), at, account, type,
      ${NEW_NUMBER}, data FROM outbox WHERE type = 'contract.requested' LIMIT 1`,
    contract = {},
    says = {},
  } = parts;
  return [counter, insertContract(contract, says), directory, audit, event].filter((part) => part !== "").join("; ");
}

const IS_NEW = "order_id = 'FREE' AND state = 'issuing'";
const NEW_NUMBER = `(SELECT number FROM contracts WHERE ${IS_NEW})`;
const NEXT_NUMBER = "contract_number('DEMO', split_part(number, '-', 2), (SELECT last FROM contract_counters))";

function insertContract(contract: Parts["contract"], says: Parts["says"]): string {
  const said = { number: `to_jsonb(${NEXT_NUMBER})`, "order,id": `'"FREE"'::jsonb`, ...says };
  const snapshot = Object.entries(said).reduce(
    (json, [path, value]) => `jsonb_set(${json}, '{${path}}', ${value})`,
    "snapshot::jsonb",
  );
  const row: Readonly<Record<string, string>> = {
    account: "account",
    contract_id: "gen_random_uuid()",
    order_id: "'FREE'",
    seller: "seller",
    number: NEXT_NUMBER,
    state: "'issuing'",
    requested_at: "requested_at",
    hold_until: "NULL::timestamptz",
    policy_version: "policy_version",
    snapshot: `(${snapshot})::text`,
    snapshot_sha256: `encode(sha256(convert_to((${snapshot})::text, 'UTF8')), 'hex')`,
    verification_code: "verification_code",
    ...contract,
  };
  return `INSERT INTO contracts (${Object.keys(row).join(", ")})
    SELECT ${Object.values(row).join(", ")} FROM contracts WHERE order_id = 'ISSUED'`;
}
