import { setTimeout } from "node:timers/promises";
import { sql } from "kysely";
import { requestContract } from "../../../src/application/request-contract.ts";
import { parseAccountId, parseOrderId } from "../../../src/domain/identifiers.ts";
import { emptyDetails } from "../../../src/domain/snapshot-parties.ts";
import type { Database } from "../../../src/store/database.ts";
import { machine } from "../../http/caller.ts";
import { orderBody } from "../../http/order-body.ts";
import { WHENS } from "./cuts.ts";
import type { PostgresForwarder } from "./postgres-forwarder.ts";
import type { TorturedService } from "./tortured-service.ts";

/** Claiming, marking and announcing one contract, looking for the next, and the holds that follow. */
const STATEMENTS = 12;
const PATIENCE_MS = 20_000;

/** Lets the service's own schedule finish contracts whose request broke, and cuts its connection meanwhile. */
export async function cutTheSchedule(
  service: TorturedService,
  database: Database,
  forwarder: PostgresForwarder,
  scale: number,
) {
  const failures: string[] = [];
  let made = 0;
  for (let statement = 1; statement <= STATEMENTS; statement += Math.ceil(1 / scale)) {
    for (const when of WHENS) {
      const order = `finish-${when}-${statement}`;
      await leaveIssuing(service, order);
      forwarder.cutAt({ application: "orderseal schedule", statement, when });
      await release(database, order);
      if (!(await becomesIssued(database, order))) failures.push(`finish, ${when} statement ${statement}: stuck`);
      if (forwarder.endCut().done) made += 1;
    }
  }
  return { figure: `${made} cuts around ${STATEMENTS} statements`, failures };
}

/** Places an order and requests its contract while nothing can be drawn. */
export async function leaveIssuing(
  service: Pick<TorturedService, "services" | "url" | "apiKey">,
  order: string,
): Promise<void> {
  const placed = await machine(service).put(`/v1/orders/${order}`, orderBody());
  const [account, id] = [parseAccountId("demo-enterprise"), parseOrderId(order)];
  if (!placed.ok || !account || !id) throw new Error(`${order} was not placed: ${placed.status}`);
  const renderer = { render: () => Promise.reject(new Error("nothing can be drawn")) };
  const ports = { ...(await service.services.issuing()), renderer, reportFailure: () => {} };
  const subject = { kind: "order", order: id } as const;
  const request = { account, subject, details: emptyDetails("en"), idempotencyKey: null };
  const { kind } = await requestContract(ports, { kind: "operator", id: "torture" }, request);
  if (kind !== "issuing") throw new Error(`${order} is not being issued but ${kind}`);
}

async function release(database: Database, order: string): Promise<void> {
  await sql`UPDATE contracts SET claimed_until = now() WHERE order_id = ${order} AND state = 'issuing'`.execute(
    database,
  );
}

async function becomesIssued(database: Database, order: string): Promise<boolean> {
  const until = performance.now() + PATIENCE_MS;
  while (performance.now() < until) {
    const row = await database.selectFrom("contracts").select("state").where("order_id", "=", order).executeTakeFirst();
    if (row?.state === "issued") return true;
    await setTimeout(50);
  }
  return false;
}
