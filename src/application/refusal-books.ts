import type { ContractSubject } from "../domain/contract.ts";
import type { Refuse } from "../domain/decide-issuance.ts";
import type { AccountId } from "../domain/identifiers.ts";
import type { Instant } from "../domain/time.ts";
import type { Actor } from "./ports.ts";

/** That somebody asked for a contract and was told why there is none. Who asked is not kept, only what they were. */
interface ToldRefusal {
  readonly account: AccountId;
  readonly subject: ContractSubject;
  readonly refuse: Refuse;
  readonly at: Instant;
  readonly askedFor: "contract" | "ticket";
  readonly actor: Actor["kind"];
}

/** Refusals, written in the transaction that decided them. */
export interface RefusalBooks {
  /** Keeps the first of each day in the house's zone of the same order or bill and the same reason; others add nothing. */
  tellRefusal(told: ToldRefusal): Promise<void>;
}
