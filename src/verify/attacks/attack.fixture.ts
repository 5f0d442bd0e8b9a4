import type { VerdictReason } from "../verdict.ts";
import type { AttackedContracts, ContractKind } from "./attacked-contracts.fixture.ts";
import type { Patient } from "./pdf-surgery.fixture.ts";

/** One rebuilt attack: what is done to a contract, and at which check it fails. */
export interface Attack {
  readonly name: string;
  /** "sealed" where none is named. */
  readonly on?: ContractKind;
  readonly reason: VerdictReason;
  forge(patient: Patient, contracts: AttackedContracts): Buffer | Promise<Buffer>;
}

export interface AttackFamily {
  readonly name: string;
  /** Where the family was described, or what it lives by. */
  readonly source: string;
  readonly attacks: readonly Attack[];
}

type Forge = Attack["forge"];

/** Rows of a family's table: the reason, a name, what is done. */
export function attacks(
  rows: readonly (readonly [VerdictReason, string, Forge])[],
  on?: ContractKind,
): readonly Attack[] {
  return rows.map(([reason, name, forge]) => ({ reason, name, forge, ...(on ? { on } : {}) }));
}
