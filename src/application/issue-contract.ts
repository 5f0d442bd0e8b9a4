import { cycleOf, type IssuedContract, orderOf } from "../domain/contract.ts";
import type {
  Actor,
  Clock,
  Inspector,
  IssuedFiles,
  IssuingContract,
  Ledger,
  Objects,
  Renderer,
  Sealer,
} from "./ports.ts";

export interface IssueContractPorts {
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly objects: Objects;
  readonly renderer: Renderer;
  readonly sealer: Sealer;
  readonly inspector: Inspector;
}

/**
 * Turns a decided contract into its sealed file: render, keep, seal, look at it as a stranger would, keep, mark.
 * May be run again after a crash at any point, and by two workers at once: whoever marks first has issued it, and the
 * file of the other is never referred to. A fault found by the inspection throws: nothing unsound is let out.
 */
export async function issueContract(
  ports: IssueContractPorts,
  actor: Actor,
  issuing: IssuingContract,
): Promise<IssuedContract> {
  const { ledger, clock, objects, renderer, sealer, inspector } = ports;
  const { contract, snapshot } = issuing;
  const rendered = await renderer.render(snapshot);
  const unsealed = await objects.put(rendered.pdf);
  const pdf = await sealer.seal(rendered, snapshot, contract.seller, clock.now());
  const fault = await inspector.findFault(pdf, issuing, clock.now());
  if (fault) throw new Error(`contract ${contract.number} was not let out: ${fault}`);
  const sealed = await objects.put(pdf);
  return markIssued(ledger, clock, actor, issuing, { sealed, unsealed });
}

async function markIssued(
  ledger: Ledger,
  clock: Clock,
  actor: Actor,
  { contract }: IssuingContract,
  files: IssuedFiles,
): Promise<IssuedContract> {
  const issuedAt = clock.now();
  const first = await ledger.transaction(async (transaction) => {
    if (!(await transaction.markIssued(contract, issuedAt, files))) return false;
    const detail = {
      order: orderOf(contract),
      bill: cycleOf(contract),
      document: files.sealed,
      unsealed: files.unsealed,
    };
    await transaction.audit({
      at: issuedAt,
      actor,
      action: "contract.issued",
      account: contract.account,
      objectKind: "contract",
      objectId: contract.number,
      policyVersion: contract.policyVersion,
      detail,
    });
    await transaction.publish({
      type: "contract.issued",
      at: issuedAt,
      account: contract.account,
      subject: contract.number,
      data: detail,
    });
    return true;
  });
  if (first) return { ...contract, state: "issued", form: "sealed", issuedAt, document: files.sealed, voided: null };
  const other = await ledger.contractByNumber(contract.number);
  if (other?.state !== "issued") throw new Error(`contract ${contract.number} is neither being issued nor issued`);
  return other;
}
