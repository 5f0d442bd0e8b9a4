import type { Ledger } from "../../src/application/ports.ts";

/** A way in which the product could break its word, and which the model must notice. */
export interface BrokenShop {
  /** What the product then does. */
  readonly breach: string;
  /** Done to the database before anything happens in it. */
  readonly sql?: string;
  /** Done to the books that every node works with. */
  readonly ledger?: (sound: Ledger) => Ledger;
}

export const BROKEN_SHOPS: readonly BrokenShop[] = [
  {
    breach: "an order can have two contracts",
    sql: "DROP INDEX one_contract_per_order",
    ledger: within((transaction) => ({ ...transaction, contractOn: async () => null })),
  },
  {
    breach: "what an idempotency key was first answered is forgotten",
    sql: trigger("idempotency_keys", "UPDATE", "RETURN NULL;"),
  },
  {
    breach: "what is announced stays announced when its transaction is undone",
    ledger: (sound) => ({
      ...sound,
      transaction: (work) =>
        sound.transaction((transaction) =>
          work({ ...transaction, publish: (event) => sound.transaction((apart) => apart.publish(event)) }),
        ),
    }),
  },
  {
    breach: "a hold is announced to have ended twice",
    sql: trigger(
      "outbox",
      "INSERT",
      `IF NEW.type = 'order.hold_ended' AND pg_trigger_depth() = 1 THEN
        INSERT INTO outbox (event_id, at, account, type, subject, data)
        VALUES (overlay(NEW.event_id::text PLACING '0000' FROM 33)::uuid, NEW.at, NEW.account, NEW.type, NEW.subject, NEW.data);
      END IF; RETURN NEW;`,
    ),
  },
  {
    breach: "that a contract has lapsed is not announced",
    sql: trigger("outbox", "INSERT", "IF NEW.type = 'contract.lapsed' THEN RETURN NULL; END IF; RETURN NEW;"),
  },
  {
    breach: "what the desk voids stays in force",
    sql: trigger("contracts", "UPDATE", "IF NEW.voided_at IS NOT NULL THEN RETURN OLD; END IF; RETURN NEW;"),
  },
  {
    breach: "every second number is left out",
    sql: trigger("contract_counters", "UPDATE", "NEW.last := OLD.last + 2; RETURN NEW;"),
  },
  {
    breach: "a report that comes late is dropped",
    sql: trigger(
      "order_reports",
      "INSERT",
      `IF NEW.revision < (SELECT max(revision) FROM order_reports r WHERE r.account = NEW.account AND r.order_id = NEW.order_id)
      THEN RETURN NULL; END IF; RETURN NEW;`,
    ),
  },
  {
    breach: "a hold ends a day early",
    sql: trigger("contracts", "INSERT", "NEW.hold_until := NEW.hold_until - interval '1 day'; RETURN NEW;"),
  },
  {
    breach: "what was interrupted is never finished",
    ledger: (sound) => ({ ...sound, claimInterruptedContract: async () => null }),
  },
];

type Transaction = Parameters<Parameters<Ledger["transaction"]>[0]>[0];

function within(broken: (sound: Transaction) => Transaction): (sound: Ledger) => Ledger {
  return (sound) => ({
    ...sound,
    transaction: (work) => sound.transaction((transaction) => work(broken(transaction))),
  });
}

/** Named so that it comes after the product's own triggers, which would refuse some of this. */
function trigger(table: string, event: "INSERT" | "UPDATE", body: string): string {
  return `CREATE FUNCTION zz_broken() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN ${body} END $$;
    CREATE TRIGGER zz_broken BEFORE ${event} ON ${table} FOR EACH ROW EXECUTE FUNCTION zz_broken()`;
}
