import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import type { AttackedContract } from "../../src/verify/attacks/attacked-contracts.fixture.ts";
import { ALTERATIONS, type AlterationName } from "./altered-files.ts";
import { NOTHING, type Tally, together } from "./judge-all.ts";
import type { JudgeRequest } from "./judge-child.ts";

const CHILD = fileURLToPath(new URL("./judge-child.ts", import.meta.url));
/** Files that one child judges before it asks for more: a few seconds. */
const AT_A_TIME = 4000;

/** As many processes as cores, all of which judge. */
export class JudgePool {
  readonly #children: readonly ChildProcess[];

  constructor(size = availableParallelism()) {
    const execArgv = ["--import", import.meta.resolve("tsx")];
    this.#children = Array.from({ length: size }, () => fork(CHILD, [], { execArgv, serialization: "advanced" }));
  }

  /** All of them, or the first `limit`, or every `step`th. */
  async judge(
    contract: AttackedContract,
    name: AlterationName,
    { limit = Number.POSITIVE_INFINITY, step = 1, seed = 0, progress = (_: Tally) => {} } = {},
  ): Promise<Tally> {
    const to = Math.min(limit, ALTERATIONS[name].count(contract));
    let next = 0;
    let tally = NOTHING;
    const lane = async (child: ChildProcess): Promise<void> => {
      while (next < to) {
        const from = next;
        next += AT_A_TIME * step;
        const request: JudgeRequest = { contract, name, share: { from, to: Math.min(next, to), step, seed } };
        // Asked first, added then: others add to the tally meanwhile.
        const part = await ask(child, request);
        tally = together(tally, part);
        progress(tally);
      }
    };
    await Promise.all(this.#children.map(lane));
    const expected = Math.ceil(to / step);
    if (tally.judged !== expected) throw new Error(`${tally.judged} of ${expected} files were counted`);
    return tally;
  }

  close(): void {
    for (const child of this.#children) child.disconnect();
  }
}

/** Rejects where the process ends instead. */
function ask(child: ChildProcess, request: JudgeRequest): Promise<Tally> {
  const heard = new AbortController();
  const { signal } = heard;
  const answer = once(child, "message", { signal }).then(([tally]) => tally as Tally);
  const end = once(child, "exit", { signal }).then(() => Promise.reject(new Error("a judging process ended")));
  end.catch(() => undefined);
  child.send(request);
  return Promise.race([answer, end]).finally(() => heard.abort());
}
