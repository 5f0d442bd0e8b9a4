import type { ContractNumber } from "../domain/identifiers.ts";
import { statementText } from "../domain/log-statement.ts";
import { consistencyRanges, inclusionRanges } from "../domain/merkle-tree.ts";
import type { LoggedStatement, TransparencyLog } from "./transparency-log.ts";

/** Of which of its leaves: that it was issued, or the last time that it was said to be void. */
export type LoggedKind = LoggedStatement["statement"]["kind"];

/**
 * A contract's entry in the log with all that proves it, as a text that is checked without a connection (C2SP tlog-proof): what
 * is stated and its salt as extra data, the path of hashes, the signed head. Null while it is not entered yet, within a second.
 */
export async function proveLogged(
  log: TransparencyLog,
  number: ContractNumber,
  kind: LoggedKind,
): Promise<string | null> {
  const leaf = (await log.statementsOf(number)).findLast(({ statement }) => statement.kind === kind);
  const checkpoint = leaf && (await log.checkpoint());
  if (!leaf || !checkpoint || leaf.index >= checkpoint.size) return null;
  const path = await log.hashes(inclusionRanges(leaf.index, checkpoint.size));
  const extra = Buffer.concat([leaf.salt, Buffer.from(statementText(leaf.statement))]).toString("base64");
  const lines = ["c2sp.org/tlog-proof@v1", `extra ${extra}`, `index ${leaf.index}`, ...path.map(base64)];
  return `${lines.join("\n")}\n\n${checkpoint.note}`;
}

export interface InclusionProof {
  readonly index: number;
  readonly size: number;
  readonly hashes: readonly Uint8Array[];
}

/** In the newest tree where no size is named; null when no leaf has this hash, or it is not in the tree of that size. */
export async function proveInclusion(
  log: TransparencyLog,
  leafHash: Uint8Array,
  wanted: number | null,
): Promise<InclusionProof | null> {
  const [index, checkpoint] = [await log.indexOf(leafHash), await log.checkpoint()];
  if (index === null || !checkpoint) return null;
  const size = wanted ?? checkpoint.size;
  if (index >= size || size > checkpoint.size) return null;
  return { index, size, hashes: await log.hashes(inclusionRanges(index, size)) };
}

/** Up to the newest tree where none is named; null when the log has never been that large. */
export async function proveConsistency(
  log: TransparencyLog,
  from: number,
  wanted: number | null,
): Promise<readonly Uint8Array[] | null> {
  const checkpoint = await log.checkpoint();
  if (!checkpoint) return null;
  const to = wanted ?? checkpoint.size;
  if (from > to || to > checkpoint.size) return null;
  return log.hashes(consistencyRanges(from, to));
}

function base64(hash: Uint8Array): string {
  return Buffer.from(hash).toString("base64");
}
