import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openDatabase } from "../../src/store/database.ts";
import { createTestDatabase } from "../test-database.ts";
import { CRASH_PATHS } from "./crash/crash-paths.ts";
import { openWorkshop, type Workshop } from "./crash/crash-site.ts";
import { seededRandom } from "./crash/seeded-random.ts";
import { kill } from "./kills.ts";
import { requestAtOnce } from "./one-order.ts";
import type { TortureDatabase } from "./torture.ts";
import { race } from "./two-nodes.ts";

/** Another one each time, printed where something fails. */
const SEED = Date.now() % 1_000_000_000;
const LONGEST_MS = 120_000;

let workshop: Workshop;
beforeAll(async () => {
  workshop = await openWorkshop();
}, LONGEST_MS);
afterAll(() => workshop.close());

async function newDatabase(): Promise<TortureDatabase> {
  const { url, drop } = await createTestDatabase();
  const database = openDatabase({ connectionString: url, max: 4 });
  const dropIt = async () => {
    await database.destroy();
    await drop();
  };
  return { url, database, drop: dropIt };
}

/** What the long runs do a thousand times and more: npm run torture -- --only kills,random-kills,one-order,two-nodes */
describe("a short sample of", () => {
  test(
    "kills at fault points and at random",
    async () => {
      const random = seededRandom(SEED);
      const pick = <Item>(items: readonly Item[]) => items[Math.floor(random() * items.length)];
      const chosen = [pick(CRASH_PATHS), pick(CRASH_PATHS)];
      const { figures, failures } = await kill({
        newDatabase,
        workshop,
        lanes: 1,
        paths: CRASH_PATHS.filter((path) => chosen.includes(path)),
        choose: (points) => [pick(points)].filter((point) => point !== undefined),
        kills: 1,
        random,
        ownRenderers: 0,
        print: () => {},
      });
      expect(failures, `seed ${SEED}`).toEqual([]);
      expect(figures["kills at them"]).toBe(1);
      expect(figures["kills at random"]).toBe(1);
    },
    LONGEST_MS,
  );

  test(
    "requests for one order at once by two nodes: one contract, one number, one seal, one event",
    async () => {
      const { figures, failures } = await requestAtOnce(await newDatabase(), workshop, 60, () => {});
      expect(failures).toEqual([]);
      expect(figures).toMatchObject({ contracts: 1, numbers: 1, drawn: 1, "issued events": 1 });
    },
    LONGEST_MS,
  );

  test(
    "two nodes whose clocks differ, of which one is killed",
    async () => {
      const options = { rounds: 1, random: seededRandom(SEED), print: () => {} };
      const { figures, failures } = await race(await newDatabase(), workshop, options);
      expect(failures, `seed ${SEED}`).toEqual([]);
      expect(figures.kills).toBe(1);
    },
    LONGEST_MS,
  );
});
