import type { Pool } from "pg";

/** What the books say of one order or bill, in the words of the model. */
export interface Observed {
  readonly contracts: readonly ObservedContract[];
  readonly isHoldOpen: boolean;
  readonly events: readonly string[];
  readonly revisions: readonly number[];
  /** Null for an order, and for a bill that is not there. */
  readonly bill: string | null;
}

export interface ObservedContract {
  readonly id: string;
  readonly subject: string;
  readonly number: string;
  readonly state: "issuing" | "waiting" | "issued";
  readonly requestedAt: number;
  readonly issuedAt: number | null;
  readonly holdUntil: number | null;
  readonly voidedAt: number | null;
  readonly policyVersion: number;
  readonly replaces: string | null;
  readonly document: string | null;
}

interface Answer {
  readonly contracts: readonly ObservedContract[] | null;
  readonly holds: readonly string[] | null;
  readonly reports: readonly { readonly subject: string; readonly revision: number }[] | null;
  readonly events: readonly EventRow[] | null;
  readonly bills: readonly { readonly subject: string; readonly text: string }[] | null;
}

interface EventRow {
  readonly id: string;
  readonly type: string;
  readonly subject: string;
  readonly account: string;
  readonly data: Readonly<Record<string, string | number | null>>;
}

/** An account's bill is named by its account and month, since months are no names of their own. */
const SUBJECT = "coalesce(order_id, account || ':' || cycle)";
/** Prepared once on each connection: to plan it takes longer than to run it. */
const QUERY = `SELECT
  (SELECT json_agg(json_build_object('id', contract_id, 'subject', ${SUBJECT}, 'number', number,
      'state', CASE WHEN waiting_for IS NULL THEN state ELSE 'waiting' END, 'requestedAt', ${ms("requested_at")},
      'issuedAt', ${ms("issued_at")},
      'holdUntil', ${ms("hold_until")}, 'voidedAt', ${ms("voided_at")}, 'policyVersion', policy_version,
      'replaces', replaces, 'document', document_sha256) ORDER BY contract_id)
    FROM contracts WHERE account = ANY ($1)) AS contracts,
  (SELECT json_agg(contract_id) FROM open_holds WHERE account = ANY ($1)) AS holds,
  (SELECT json_agg(json_build_object('subject', order_id, 'revision', revision) ORDER BY revision)
    FROM order_reports WHERE account = ANY ($1)) AS reports,
  (SELECT json_agg(json_build_object('subject', account || ':' || cycle,
      'text', state || ' ' || (body #>> '{lines,0,total,minor}')))
    FROM bills WHERE account = ANY ($1)) AS bills,
  (SELECT json_agg(json_build_object('id', event_id, 'type', type, 'subject', subject, 'account', account, 'data', data)
      ORDER BY event_id)
    FROM outbox WHERE event_id > $2) AS events`;

/** Reads what is in the books of some accounts; of the outbox, which only grows, what is new since the last look. */
export class BooksReader {
  readonly #pool: Pool;
  readonly #accounts: readonly string[];
  #lastEvent: string;
  readonly #events = new Map<string, string[]>();

  constructor(pool: Pool, accounts: readonly string[], lastEvent: string) {
    this.#pool = pool;
    this.#accounts = accounts;
    this.#lastEvent = lastEvent;
  }

  async look(): Promise<ReadonlyMap<string, Observed>> {
    const { rows } = await this.#pool.query<Answer>({
      name: "look",
      text: QUERY,
      values: [this.#accounts, this.#lastEvent],
    });
    if (!rows[0]) throw new Error("the books did not answer");
    const { contracts, holds, reports, events, bills } = rows[0];
    const chains = grouped(contracts ?? [], ({ subject }) => subject);
    this.#take(events ?? [], contracts ?? [], chains);
    const revisions = grouped(reports ?? [], ({ subject }) => subject);
    const known = new Map((bills ?? []).map(({ subject, text }) => [subject, text]));
    const subjects = new Set([...chains.keys(), ...revisions.keys(), ...known.keys(), ...this.#events.keys()]);
    const observed = [...subjects].map((subject): [string, Observed] => {
      const chain = chains.get(subject) ?? [];
      return [
        subject,
        {
          contracts: chain,
          isHoldOpen: chain.some(({ id }) => holds?.includes(id)),
          events: this.#events.get(subject) ?? [],
          revisions: (revisions.get(subject) ?? []).map(({ revision }) => revision),
          bill: known.get(subject) ?? null,
        },
      ];
    });
    return new Map(observed);
  }

  #take(
    events: readonly EventRow[],
    contracts: readonly ObservedContract[],
    chains: ReadonlyMap<string, readonly ObservedContract[]>,
  ): void {
    for (const { id, type, account, subject, data } of events) {
      this.#lastEvent = id;
      if (!this.#accounts.includes(account)) continue;
      const number = data.contract ?? subject;
      const about = contracts.find((contract) => contract.number === number);
      const name = about?.subject ?? subject;
      const place = about ? (chains.get(name) ?? []).indexOf(about) + 1 : 0;
      const told = [place, type, data.standing ?? null].filter((part) => part !== null).join(" ");
      this.#events.set(name, [...(this.#events.get(name) ?? []), told]);
    }
  }
}

/** Where the outbox ends at present. */
export async function lastEventOf(pool: Pool): Promise<string> {
  const { rows } = await pool.query<{ id: string }>("SELECT event_id AS id FROM outbox ORDER BY event_id DESC LIMIT 1");
  return rows[0]?.id ?? "00000000-0000-0000-0000-000000000000";
}

function grouped<Item>(items: readonly Item[], keyOf: (item: Item) => string): ReadonlyMap<string, readonly Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}

function ms(column: string): string {
  return `round(extract(epoch FROM ${column}) * 1000)::bigint`;
}
