import { cycleOf, type IssuedContract, orderOf, type UnissuedContract } from "../domain/contract.ts";
import { laterOf } from "../domain/time.ts";
import { isSurelyOurs } from "./claim-time.ts";
import { StorageUnavailable } from "./object-faults.ts";
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
import { waitForTimestamp } from "./wait-for-timestamp.ts";

export interface IssueContractPorts {
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly objects: Objects;
  readonly renderer: Renderer;
  readonly sealer: Sealer;
  readonly inspector: Inspector;
}

export type IssueOutcome =
  | { readonly kind: "issued"; readonly contract: IssuedContract }
  /** There is no timestamp for it at present; the books say so, and the sweep tries again. */
  | { readonly kind: "waiting"; readonly contract: UnissuedContract }
  /** We stood still for so long that somebody else has taken it over, who issues it. */
  | { readonly kind: "taken_over"; readonly contract: UnissuedContract };

/** A claim lasts five seconds; so it survives a process, or a database, that is slow to answer for three of them. */
const RENEW_EVERY_MS = 1_500;

/**
 * Turns a decided contract into its sealed file: render, keep, seal, look at it as a stranger would, keep, mark.
 * May be run again after a crash at any point, and by two workers at once: whoever marks first has issued it, and the
 * file of the other is never referred to. A fault found by the inspection throws: nothing unsound is let out.
 * Meanwhile the contract is claimed, so that nobody else begins the same, and whoever lost the claim makes no seal; what
 * failed is put off.
 */
export async function issueContract(
  ports: IssueContractPorts,
  actor: Actor,
  issuing: IssuingContract,
): Promise<IssueOutcome> {
  const { ledger } = ports;
  // A claim that cannot be renewed, or a failure that cannot be put down, only lets others try sooner.
  const renewing = setInterval(() => void ledger.renewClaim(issuing).catch(() => {}), RENEW_EVERY_MS);
  // It is the work that keeps a process alive, not that somebody says so.
  renewing.unref();
  try {
    return await issueClaimed(ports, actor, issuing);
  } catch (error) {
    const rest = error instanceof StorageUnavailable ? ledger.retrySoon(issuing) : ledger.putOff(issuing);
    await rest.catch(() => {});
    throw error;
  } finally {
    clearInterval(renewing);
  }
}

async function issueClaimed(ports: IssueContractPorts, actor: Actor, issuing: IssuingContract): Promise<IssueOutcome> {
  const { ledger, clock, objects, renderer, sealer, inspector } = ports;
  const { contract, snapshot } = issuing;
  const rendered = await renderer.render(snapshot);
  // Just before the seal, of which there is to be one.
  const stillClaimed = isSurelyOurs(issuing.claimedAt) || ledger.renewClaim(issuing);
  const [unsealed, isOurs] = await Promise.all([objects.put(rendered.pdf), stillClaimed]);
  if (!isOurs) return overtaken(ledger, contract);
  const seal = await sealer.seal(rendered, snapshot, contract.seller, clock.now());
  if (seal.kind === "no_timestamp") {
    const waiting = await waitForTimestamp(ports, actor, contract, seal.failure.reason);
    return waiting
      ? { kind: "waiting", contract: waiting }
      : { kind: "issued", contract: await issuedBy(ledger, issuing) };
  }
  const fault = await inspector.findFault(seal.pdf, issuing, clock.now());
  if (fault) throw new Error(`contract ${contract.number} was not let out: ${fault}`);
  const sealed = await objects.put(seal.pdf);
  return { kind: "issued", contract: await markIssued(ledger, clock, actor, issuing, { sealed, unsealed }) };
}

async function markIssued(
  ledger: Ledger,
  clock: Clock,
  actor: Actor,
  issuing: IssuingContract,
  files: IssuedFiles,
): Promise<IssuedContract> {
  const { waitingFor: _waitingFor, ...contract } = issuing.contract;
  // Another node, whose clock is ahead of ours, may have taken the request.
  const issuedAt = laterOf(clock.now(), contract.requestedAt);
  const first = await ledger.transaction(async (transaction) => {
    if (!(await transaction.markIssued(issuing.contract, issuedAt, files))) return false;
    const detail = {
      order: orderOf(issuing.contract),
      bill: cycleOf(issuing.contract),
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
  return issuedBy(ledger, issuing);
}

async function overtaken(ledger: Ledger, contract: UnissuedContract): Promise<IssueOutcome> {
  const now = await ledger.contractByNumber(contract.number);
  return now?.state === "issued" ? { kind: "issued", contract: now } : { kind: "taken_over", contract };
}

/** As somebody else has issued it, who was faster. */
async function issuedBy(ledger: Ledger, { contract }: IssuingContract): Promise<IssuedContract> {
  const other = await ledger.contractByNumber(contract.number);
  if (other?.state !== "issued") throw new Error(`contract ${contract.number} is neither being issued nor issued`);
  return other;
}
