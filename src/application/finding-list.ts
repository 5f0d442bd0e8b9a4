import type { AuditFinding } from "./audit-findings.ts";

/** The entry that binds the list of objects from before the chain. */
export const ADOPTED = "audit.adopted";

type Where = Partial<Omit<AuditFinding, "fault">>;

export function finding(fault: AuditFinding["fault"], where: Where): AuditFinding {
  return { fault, position: null, entry: null, event: null, batch: null, object: null, key: null, ...where };
}

/** What was found, some of it by name, and what comes first. */
export class FindingList {
  readonly #most: number;
  readonly #findings: AuditFinding[] = [];
  first: AuditFinding | null = null;
  more = false;

  constructor(most: number) {
    this.#most = most;
  }

  add(found: AuditFinding): void {
    if (this.first === null || precedes(found, this.first)) this.first = found;
    if (this.#findings.length < this.#most) this.#findings.push(found);
    else this.more = true;
  }

  get findings(): readonly AuditFinding[] {
    return this.#findings;
  }
}

/** What is wrong with the chain counts before what is wrong with an object, and within each the lower position. */
function precedes(one: AuditFinding, other: AuditFinding): boolean {
  if ((one.object === null) !== (other.object === null)) return one.object === null;
  return (one.position ?? Number.POSITIVE_INFINITY) < (other.position ?? Number.POSITIVE_INFINITY);
}
