import { setTimeout } from "node:timers/promises";
import { compareBooks, compareFiles, compareShown } from "./compare-shop.ts";
import { finishTrial, sweepTrial, voidTrial } from "./other-trials.ts";
import { billTrial, reportTrial } from "./report-trial.ts";
import { batchTrial, requestTrial } from "./request-trial.ts";
import { publishTerms, type Shop, saveBuyer } from "./shop.ts";
import { newestOf } from "./shop-model.ts";
import { BILL, type FaultyStep, type Step } from "./step.ts";
import type { Trial } from "./trial.ts";

/** Does one step to the product and to the model, and compares them; throws where they differ. False: nothing to do. */
export async function takeStep(shop: Shop, { step, node, fault }: FaultyStep): Promise<boolean> {
  if (await takeQuietStep(shop, step, node)) return true;
  const trial = trialOf(shop, step, node);
  if (!trial) return false;
  const before = [...shop.subjects];
  const { plan } = shop.nodes[node];
  plan.plan(fault);
  const started = performance.now();
  const ends = await Promise.all(
    trial.calls.map(async ({ node: by, call }) => {
      const told = call().then(
        (answer): End => ({ answer }),
        (error: unknown): End => ({ error }),
      );
      // What the dead one held is let go at once, or whoever waits for it would wait for ever.
      const died = by.plan.death.then(() => by.bury()).then((): End => ({ error: "dead" }));
      return Promise.race([told, died]);
    }),
  );
  const { fired } = plan;
  const [kind] = fired?.split(" ") ?? [];
  if (kind !== undefined) shop.faults.set(kind, (shop.faults.get(kind) ?? 0) + 1);
  plan.plan(null);
  if (plan.isDead) await shop.reopen(node);
  // A request that took too long was told that its contract follows, which it does.
  const isLate = performance.now() - started > PATIENCE_MS;
  if (isLate) await untilIssued(shop);
  const isFaulty = isLate || (fired !== null && !fired.startsWith("conflict"));
  for (const end of ends) if ("error" in end && !isFaulty) throw end.error;
  const told = ends.flatMap((end) => ("answer" in end ? [end.answer] : []));
  await compareBooks(shop, trial.expected, isFaulty);
  const answers = told.map((answer) => named(shop, answer));
  trial.judge(answers, isFaulty);
  for (const answer of answers) insistIssued(shop, answer);
  trial.settled?.((subject) => shop.subjects.find(({ id }) => id === subject.id) ?? subject, isFaulty);
  // Only what has changed is shown: to look takes as long as to do.
  for (const [place, subject] of shop.subjects.entries()) {
    if (subject !== before[place]) await compareShown(shop, place);
  }
  return true;
}

/** Answers as the model gives them: with its own names of contracts in place of their numbers. */
function named(shop: Shop, answer: string): string {
  return answer.replace(/[A-Z]{4}-\d{6}-\d{6,9}-[0-9A-Z]/g, (number) => shop.names.get(number) ?? number);
}

/** Whoever was told "issued" has a contract whose file is safe in the books. */
function insistIssued(shop: Shop, answer: string): void {
  for (const [, name = "", place] of answer.matchAll(/issued (\S+)#(\d+)/g)) {
    const contract = shop.subjects.find(({ id }) => id === name)?.contracts[Number(place) - 1];
    if (contract?.state !== "issued")
      throw new Error(`was told "${answer}", and the books have it as ${contract?.state}`);
  }
}

/** Nearly the patience of a request: whoever took longer may have been told that the contract follows. */
const PATIENCE_MS = 2_900;
const MOST_LATE_MS = 10_000;

/** Waits for what a slow machine is still sealing; what an earlier step left interrupted does not come. */
async function untilIssued({ pool, accounts }: Shop): Promise<void> {
  const query = "SELECT FROM contracts WHERE account = ANY ($1) AND state = 'issuing' AND waiting_for IS NULL";
  for (const deadline = performance.now() + MOST_LATE_MS; performance.now() < deadline; ) {
    const { rowCount } = await pool.query(query, [accounts]);
    if (rowCount === 0) return;
    await setTimeout(20);
  }
}

type End = { readonly answer: string } | { readonly error: unknown };

function trialOf(shop: Shop, step: Step, node: 0 | 1): Trial | null {
  switch (step.do) {
    case "report":
      return reportTrial(shop, step, node);
    case "bill":
      return billTrial(shop, step, node, BILL);
    case "request":
      return requestTrial(shop, step, node);
    case "batch":
      return batchTrial(shop, step, node);
    case "void":
      return voidTrial(shop, step, node);
    case "sweep":
      return sweepTrial(shop, node);
    case "finish":
      return finishTrial(shop, node);
    default:
      return null;
  }
}

/** Steps that change the circumstances, and nothing that was promised. */
async function takeQuietStep(shop: Shop, step: Step, node: 0 | 1): Promise<boolean> {
  switch (step.do) {
    case "pass": {
      const { time } = step;
      const subject = "order" in time ? shop.subjects[time.order] : null;
      const end = subject && newestOf(subject)?.holdUntil;
      if ("order" in time) shop.clock.now = Math.max(shop.clock.now, (end ?? 0) + time.besideHoldMs);
      else shop.clock.now += time.ms;
      break;
    }
    case "timestamps":
      shop.clock.hasTimestamps = step.answer;
      break;
    case "policy":
      await publishTerms(shop, step.terms);
      break;
    case "account":
      shop.buyer = { verified: step.verified, servedByPartner: step.servedByPartner };
      await saveBuyer(shop, shop.accounts[0], shop.buyer);
      break;
    case "restart":
      shop.nodes[node].plan.kill();
      await shop.reopen(node);
      break;
    case "download":
      await compareFiles(shop);
      break;
    default:
      return false;
  }
  if (step.do !== "restart") {
    await compareShown(shop, "time" in step && "order" in step.time ? step.time.order : shop.files.size % (BILL + 1));
  }
  return true;
}
