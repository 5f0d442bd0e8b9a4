import { type AttackedContract, judgeWithGullibleBooks } from "../../src/verify/attacks/attacked-contracts.fixture.ts";
import { ALTERATIONS, type AlterationName, type Share } from "./altered-files.ts";

export interface Tally {
  readonly judged: number;
  /** Of each first finding, how many files. */
  readonly reasons: Readonly<Record<string, number>>;
  /** Files that passed, or were said to be issued here, or that the verifier itself failed at: a line each, at most a few. */
  readonly accepted: readonly string[];
  readonly acceptedCount: number;
}

export const NOTHING: Tally = { judged: 0, reasons: {}, accepted: [], acceptedCount: 0 };
const MOST_NAMED = 20;

/**
 * Judges a share of the altered files as both paths do: the verdict is what the offline path says, and what the service
 * makes of it is asked of `verifyContract`, by books that know every file. One run of the verifier serves both.
 */
export async function judgeAll(contract: AttackedContract, name: AlterationName, share: Share): Promise<Tally> {
  const reasons: Record<string, number> = {};
  const accepted: string[] = [];
  let [judged, acceptedCount] = [0, 0];
  for (const file of ALTERATIONS[name].files(contract, share)) {
    const { verdict, reason, issuedHere } = await judgeWithGullibleBooks(file, contract);
    reasons[reason] = (reasons[reason] ?? 0) + 1;
    if (verdict === "passed" || issuedHere || reason === "verifier_fault") {
      acceptedCount += 1;
      if (accepted.length < MOST_NAMED)
        accepted.push(`${contract.kind}, ${name} ${share.from + judged * share.step} (seed ${share.seed}): ${reason}`);
    }
    judged += 1;
  }
  return { judged, reasons, accepted, acceptedCount };
}

export function together(left: Tally, right: Tally): Tally {
  const reasons: Record<string, number> = { ...left.reasons };
  for (const [reason, count] of Object.entries(right.reasons)) reasons[reason] = (reasons[reason] ?? 0) + count;
  return {
    judged: left.judged + right.judged,
    reasons,
    accepted: [...left.accepted, ...right.accepted].slice(0, MOST_NAMED),
    acceptedCount: left.acceptedCount + right.acceptedCount,
  };
}
