import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { backUpTo, restoreFrom } from "../../src/backing-up.ts";
import { type Environment, readEnvironment } from "../../src/environment.ts";
import { startService } from "../../src/serve.ts";
import { freePort } from "../free-port.ts";
import { orderBody } from "../http/order-body.ts";
import { makeKey } from "../test-key.ts";
import type { Torture, TortureConditions } from "./torture.ts";

const ROUNDS = 100;
const BUYERS = 3;

/** Backups of a service whose buyers do not stop, each restored on another machine. */
export const backupTorture: Torture = {
  name: "backup",
  promise:
    "a backup made while contracts are issued holds all that was acknowledged before it, and every contract verifies",
  async run(conditions) {
    const folder = await mkdtemp(join(tmpdir(), "orderseal-torture-backup-"));
    const source = await conditions.newDatabase();
    const environment = environmentOf(source.url, join(folder, "source"), await freePort());
    const service = await startService(environment, () => {}, { renderProcesses: 1 });
    const failures: string[] = [];
    let [restored, contracts, caught] = [0, 0, 0];
    const secret = await makeKey(service.services, "torture");
    const shop = openShop(service.url, secret);
    try {
      const rounds = Math.max(1, Math.round(ROUNDS * conditions.scale));
      for (let round = 0; round < rounds; round++) {
        await shop.hasGrownBy(2);
        const before = [...shop.acknowledged];
        const path = join(folder, "backup.tar");
        await backUpTo(environment, path, () => {});
        const outcome = await restoreElsewhere(conditions, join(folder, `restored-${round}`), path);
        failures.push(...outcome.faults.map((fault) => `round ${round}: ${fault}`));
        failures.push(
          ...missing(before, outcome.numbers).map((number) => `round ${round}: ${number} is not in the backup`),
        );
        restored += 1;
        contracts += outcome.numbers.size;
        caught += outcome.issuing;
      }
    } finally {
      await shop.close();
      await service.stop();
      await source.drop();
      await rm(folder, { recursive: true, force: true });
    }
    return {
      figures: {
        "backups made and restored": restored,
        "contracts acknowledged": shop.acknowledged.size,
        "contracts in all restored books, verified": contracts - caught,
        "caught while being sealed": caught,
      },
      failures,
    };
  },
};

function environmentOf(databaseUrl: string, home: string, port: number): Environment {
  const settings = {
    DATABASE_URL: databaseUrl,
    ORDERSEAL_HOME: home,
    ORDERSEAL_PORT: String(port),
    ORDERSEAL_DEMO: "1",
  };
  const environment = readEnvironment(settings, tmpdir());
  if (!environment.ok) throw new Error(environment.fault);
  return environment.value;
}

/** Buyers who place orders and request their contracts until the shop closes. */
function openShop(url: string, key: string) {
  const acknowledged = new Set<string>();
  let open = true;
  const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
  const buy = async (buyer: number): Promise<void> => {
    for (let order = 0; open; order++) {
      const path = `${url}/v1/orders/B${buyer}-${order}`;
      await fetch(path, { method: "PUT", headers, body: JSON.stringify(orderBody()) });
      const response = await fetch(`${path}/contract`, { method: "POST", headers, body: "{}" });
      const { number } = (await response.json()) as { number: string };
      if (response.status === 201) acknowledged.add(number);
    }
  };
  const buyers = Array.from({ length: BUYERS }, (_, buyer) => buy(buyer));
  return {
    acknowledged,
    async hasGrownBy(count: number): Promise<void> {
      const wanted = acknowledged.size + count;
      while (acknowledged.size < wanted) await new Promise((resolve) => setTimeout(resolve, 10));
    },
    async close(): Promise<void> {
      open = false;
      await Promise.all(buyers);
    },
  };
}

async function restoreElsewhere(conditions: TortureConditions, home: string, path: string) {
  const target = await conditions.newDatabase();
  try {
    const environment = { ...environmentOf(target.url, home, 1), demo: false };
    const outcome = await restoreFrom(environment, path, () => {});
    if (outcome.kind !== "restored") {
      return { faults: [`not restored: ${JSON.stringify(outcome)}`], numbers: new Set<string>(), issuing: 0 };
    }
    const rows = await target.database.selectFrom("contracts").select("number").execute();
    const faults = outcome.contracts.faulty.map(({ number, fault }) => `${number}: ${fault}`);
    return { faults, numbers: new Set(rows.map(({ number }) => number)), issuing: outcome.contracts.issuing };
  } finally {
    await target.drop();
    await rm(home, { recursive: true, force: true });
  }
}

function missing(expected: readonly string[], found: ReadonlySet<string>): readonly string[] {
  return expected.filter((number) => !found.has(number));
}
