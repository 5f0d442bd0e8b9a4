import { Agent, request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { type BuiltProduct, startBuiltProduct } from "../../bench/built-product.ts";
import { spreadOf } from "../../bench/measure.ts";
import { processTree } from "../../bench/processes.ts";
import { sampleOrder } from "../../bench/sample-orders.ts";
import { openScratch } from "../../bench/scratch.ts";
import { type AttackedContracts, makeAttackedContracts } from "../../src/verify/attacks/attacked-contracts.fixture.ts";
import { seededRandom } from "../torture/crash/seeded-random.ts";
import { BOMBS } from "./bombs.ts";
import { fuzzedFile } from "./fuzzed-file.ts";
import { MOST_MEMORY_MB, peakOf } from "./hostile-part.ts";
import type { Part } from "./part.ts";
import { below, randomRevision } from "./random-revision.ts";

const ALTERED_FILES = 4000;
const LANES = 4;
/** Strangers, each at an address of their own of this machine, under the limits that are usual. */
const BOMBERS = ["127.0.0.2", "127.0.0.3", "127.0.0.4"];
/** Each sends so many at once. */
const LANES_OF_A_BOMBER = 3;
/** Whoever is told to come again asks so soon nevertheless. */
const IMPATIENCE_MS = 250;
const LARGEST_UPLOAD = 8 * 1024 * 1024;
/** Quiet and bombs take turns, so that whatever else the machine does falls on both alike. */
const TURNS = 12;
const TURN_MS = 3000;
/** Requests of the others: one each so often, as a console or a probe asks. */
const ASK_EVERY_MS = 40;
/**
 * How much later half of the others may have their answers, which is what the measurement itself sways by. The slowest
 * twentieth is printed, and not judged: it has the seconds in which a stranger uses up what there is at once.
 */
const MOST_TIMES = 1.5;
const MOST_LATER_MS = 5;

/** The shipped service over real HTTP, with a contract that it has issued itself. */
export const SERVICE: Part = {
  name: "service",
  promise: "POST /v1/verifications accepts nothing altered, and bombs delay nobody else",
  async run({ scale, seed, print }) {
    const scratch = await openScratch();
    try {
      const product = await startBuiltProduct(scratch, "verify");
      await product.client.importOrders([sampleOrder("V-1")]);
      const contract = await product.client.download(await product.client.requestContract("V-1"));
      const service = openService(product, { authorization: `Bearer ${product.apiKey}` });
      const failures: string[] = [];
      const genuine = await service.verify(contract);
      if (genuine.issuedHere !== true) failures.push(`the genuine contract was not accepted: ${genuine.reason}`);
      const altered = await sendAltered(service, contract, Math.ceil(scale * ALTERED_FILES), seed);
      failures.push(...altered.failures);
      print(`${altered.sent} altered files sent, ${altered.accepted} accepted, ${altered.perSecond.toFixed(0)}/s`);
      const latency = await measureLatency(product, service, scale, await makeAttackedContracts());
      failures.push(...latency.failures);
      service.close();
      return {
        figures: { "altered files sent": altered.sent, accepted: altered.accepted, ...latency.figures },
        failures,
      };
    } finally {
      await scratch.clean();
    }
  },
};

interface Answer {
  readonly status: number;
  readonly verdict?: string;
  readonly reason?: string;
  readonly issuedHere?: boolean;
}

interface Service {
  verify(pdf: Buffer): Promise<Answer>;
  get(path: string): Promise<number>;
  close(): void;
}

/** Somebody who calls the service, from one of this machine's addresses. */
function openService(
  { url }: BuiltProduct,
  own: Readonly<Record<string, string>>,
  localAddress = "127.0.0.1",
): Service {
  const agent = new Agent({ keepAlive: true });
  const ask = (method: string, path: string, body?: Buffer): Promise<{ status: number; text: string }> =>
    new Promise((resolve, reject) => {
      const headers = {
        ...own,
        ...(body ? { "content-type": "application/pdf", "content-length": body.length } : {}),
      };
      const sent = request(new URL(path, url), { method, agent, headers, localAddress }, (reply) => {
        const chunks: Buffer[] = [];
        reply.on("data", (chunk: Buffer) => chunks.push(chunk));
        reply.on("error", reject);
        reply.on("end", () => resolve({ status: reply.statusCode ?? 0, text: Buffer.concat(chunks).toString("utf8") }));
      });
      sent.on("error", reject);
      sent.end(body);
    });
  return {
    async verify(pdf) {
      const { status, text } = await ask("POST", "/v1/verifications", pdf);
      return { status, ...(JSON.parse(text) as object) };
    },
    get: async (path) => (await ask("GET", path)).status,
    close: () => agent.destroy(),
  };
}

async function sendAltered(service: Service, contract: Buffer, count: number, seed: number) {
  const failures: string[] = [];
  let [next, accepted] = [0, 0];
  const started = performance.now();
  const contracts = await makeAttackedContracts();
  const own = { ...contracts, order: { ...contracts.order, pdf: contract } };
  const lane = async (): Promise<void> => {
    while (next < count) {
      const number = next++;
      const file = alteredFile(contract, own, seededRandom(seed * 1_000_003 + number));
      const { status, verdict, reason, issuedHere } = await service.verify(file);
      const isGenuine = file.equals(contract);
      if (
        !isGenuine &&
        (verdict === "passed" || issuedHere !== false || status !== 200 || reason === "verifier_fault")
      ) {
        accepted += verdict === "passed" || issuedHere === true ? 1 : 0;
        failures.push(`altered file ${number} (seed ${seed}) was answered ${status}: ${reason}`);
      }
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return { sent: count, accepted, failures, perSecond: (1000 * count) / (performance.now() - started) };
}

function alteredFile(contract: Buffer, contracts: AttackedContracts, random: () => number): Buffer {
  const way = random();
  if (way < 0.3) {
    const flipped = Buffer.from(contract);
    const place = below(random, contract.length);
    flipped.writeUInt8(flipped.readUInt8(place) ^ (1 << below(random, 8)), place);
    return flipped;
  }
  if (way < 0.45) return contract.subarray(0, 1 + below(random, contract.length - 1));
  if (way < 0.8) return randomRevision(contract, random);
  return fuzzedFile(contracts, random);
}

function isHungUp(error: unknown): true {
  if (error instanceof Error && "code" in error && (error.code === "EPIPE" || error.code === "ECONNRESET")) return true;
  throw error;
}

type Waits = ReadonlyMap<string, number[]>;

/** What others wait for while bombs come, beside what they wait for otherwise. */
async function measureLatency(product: BuiltProduct, service: Service, scale: number, contracts: AttackedContracts) {
  const paths = ["/healthz", "/v1/orders?limit=20"];
  const watch = async (waits: Waits): Promise<void> => {
    const end = performance.now() + TURN_MS;
    while (performance.now() < end) {
      for (const path of paths) {
        const started = performance.now();
        const status = await service.get(path);
        if (status !== 200) throw new Error(`GET ${path} was answered ${status}`);
        waits.get(path)?.push(performance.now() - started);
        await sleep(ASK_EVERY_MS);
      }
    }
  };
  const bombs = Object.values(BOMBS)
    .map((make) => make(contracts))
    .filter(({ length }) => length <= LARGEST_UPLOAD);
  const bombing = { under: false, next: 0, busy: 0, peakMb: 0 };
  const bombers = BOMBERS.map((address) => openService(product, {}, address));
  const throwBombs = async (bomber: Service): Promise<void> => {
    while (bombing.under) {
      const bomb = bombs[bombing.next++ % bombs.length] ?? Buffer.alloc(0);
      // The service may hang up on whoever goes on sending after its answer.
      const isToldToComeAgain = await bomber.verify(bomb).then(({ status }) => status === 429, isHungUp);
      if (!isToldToComeAgain) continue;
      bombing.busy += 1;
      await sleep(IMPATIENCE_MS);
    }
  };
  const memory = setInterval(() => {
    for (const { pid, command } of processTree(product.servicePid)) {
      if (command.includes("checking-child")) bombing.peakMb = Math.max(bombing.peakMb, peakOf(pid));
    }
  }, 50);
  const noWaits = (): Waits => new Map(paths.map((path) => [path, []]));
  const [quiet, loud] = [noWaits(), noWaits()];
  await watch(noWaits());
  for (let turn = 0; turn < Math.max(2, TURNS * scale); turn += 1) {
    await watch(quiet);
    bombing.under = true;
    const lanes = bombers.flatMap((bomber) => Array.from({ length: LANES_OF_A_BOMBER }, () => throwBombs(bomber)));
    await watch(loud);
    bombing.under = false;
    await Promise.all(lanes);
  }
  clearInterval(memory);
  for (const bomber of bombers) bomber.close();
  const figures: Record<string, string | number> = {};
  const failures: string[] = [];
  for (const path of paths) {
    const [before, during] = [spreadOf(quiet.get(path) ?? []), spreadOf(loud.get(path) ?? [])];
    figures[`GET ${path}`] =
      `p50 ${before.median.toFixed(1)} ms and p95 ${before.p95.toFixed(1)} ms in quiet; ` +
      `p50 ${during.median.toFixed(1)} ms and p95 ${during.p95.toFixed(1)} ms under bombs (${during.count} requests)`;
    if (during.median > MOST_TIMES * before.median + MOST_LATER_MS) failures.push(`GET ${path} was delayed by bombs`);
  }
  figures["bombs sent meanwhile"] =
    `${bombing.next} by ${BOMBERS.length} strangers, ${LANES_OF_A_BOMBER} at once, ${bombing.busy} of them told to come again`;
  figures["most memory of the child"] = `${bombing.peakMb.toFixed(0)} MB`;
  if (bombing.peakMb > MOST_MEMORY_MB) failures.push(`the child had ${bombing.peakMb.toFixed(0)} MB`);
  return { figures, failures };
}
