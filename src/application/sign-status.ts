import type { ContractNumber } from "../domain/identifiers.ts";
import { nextChangeOf, standingOf } from "../domain/standing.ts";
import { nextUpdateAfter, statusText } from "../domain/status-record.ts";
import type { Clock, Ledger } from "./ports.ts";
import type { LogKeys, TransparencyLog } from "./transparency-log.ts";

export interface SignStatusPorts {
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly transparencyLog: TransparencyLog;
  readonly logKeys: LogKeys;
}

/**
 * What the contract is worth now as a text that the log's key signs (C2SP signed-note), for whoever checks without a connection
 * until its next update. Null when there is no such contract, it has no file yet, or the log has not begun.
 */
export async function signStatus(
  { ledger, clock, transparencyLog, logKeys }: SignStatusPorts,
  number: ContractNumber,
): Promise<string | null> {
  const [found, checkpoint] = [await ledger.contractWithOrder(number), await transparencyLog.checkpoint()];
  if (found?.contract.state !== "issued" || !checkpoint) return null;
  const { contract, order } = found;
  const [asOf, { origin }] = [clock.now(), checkpoint];
  const text = statusText({
    ...{ log: origin, number, document: found.contract.document, asOf },
    standing: standingOf(contract, order, asOf),
    nextUpdate: nextUpdateAfter(asOf, nextChangeOf(contract, order, asOf)),
  });
  return logKeys.sign(origin, text);
}
