import type { AttackedContract } from "../../src/verify/attacks/attacked-contracts.fixture.ts";
import type { AlterationName, Share } from "./altered-files.ts";
import { judgeAll } from "./judge-all.ts";

/** What the parent sends; the answer is a Tally. */
export interface JudgeRequest {
  readonly contract: AttackedContract;
  readonly name: AlterationName;
  readonly share: Share;
}

process.on("disconnect", () => process.exit(0));
process.on("message", async ({ contract, name, share }: JudgeRequest) => {
  process.send?.(await judgeAll({ ...contract, pdf: Buffer.from(contract.pdf) }, name, share));
});
