import { type Instant, instantOf } from "../../src/domain/time.ts";
import { machine } from "../http/caller.ts";
import { orderBody } from "../http/order-body.ts";
import { startTestServer, type TestServer } from "../test-server.ts";

const DAY_MS = 86_400_000;
/** The next noon in the seller's zone, 04:00 UTC: no day ends while a story is told, and browsers know no session as ended. */
const NOON = Math.ceil((Date.now() - DAY_MS / 6) / DAY_MS) * DAY_MS + DAY_MS / 6;

/** A desk where something of everything waits. */
export interface BusyDesk {
  readonly server: TestServer;
  /** Its clock; sessions end within the day. */
  moveTo(daysFromToday: number): void;
}

/** An unpaid order whose hold ends within two days, and whose contract waits for its timestamp. */
export const HELD = "BUSY-HELD";
/** The order of the ticket that has waited longest, for two days. */
export const TICKETED = "BUSY-2-0";
/** Refused today, and nobody has opened a ticket on it. */
export const REFUSED_TODAY = "BUSY0-0";
/** Nobody answers there: contracts wait for their timestamps. */
const NOBODY = "http://127.0.0.1:49151/";

/** A hold of a month ago, thirteen days of refusals, a ticket; the clock shows today when they are over. */
export async function openBusyDesk(): Promise<BusyDesk> {
  const begun = Date.now();
  let days = -29;
  const clock = { now: (): Instant => instantOf(NOON + days * DAY_MS + Date.now() - begun) };
  const server = await startTestServer({ ORDERSEAL_TSA_URL: NOBODY }, { clock, patienceMs: 100 });
  const seller = machine(server);
  const place = async (order: string, changes: Parameters<typeof orderBody>[0]): Promise<void> => {
    const at = new Date(clock.now()).toISOString();
    await must(seller.put(`/v1/orders/${order}`, orderBody({ occurredAt: at, placedAt: at, ...changes })));
  };
  await place(HELD, { status: { state: "unpaid" } });
  await must(seller.post(`/v1/orders/${HELD}/contract`, {}));
  for (days = -12; days <= 0; days++) {
    for (const [index, kind] of KINDS.slice(0, 1 + (-days % 3)).entries()) {
      await place(`BUSY${days}-${index}`, kind);
      await seller.post(`/v1/orders/BUSY${days}-${index}/contract`, {});
    }
    if (days === -2) await must(seller.post("/v1/tickets", { order: TICKETED, message: "请尽快办理" }));
  }
  days = 0;
  return {
    server,
    moveTo: (daysFromToday) => {
      days = daysFromToday;
    },
  };
}

const line = { line: "1", quantity: "1", total: "106.00", tax: "6.00" };
/** Each refused for another reason; the first every day, the others less often. */
const KINDS: readonly Parameters<typeof orderBody>[0][] = [
  { lines: [{ ...line, product: "bespoke" }] },
  {
    lines: [{ ...line, product: "domain" }],
    domain: { service: "auction", name: "example.cn" },
    status: { state: "unpaid" },
  },
  { type: "refund" },
];

async function must(response: Promise<Response>): Promise<void> {
  const answered = await response;
  if (!answered.ok) throw new Error(`${answered.status} ${answered.url}: ${await answered.text()}`);
}
