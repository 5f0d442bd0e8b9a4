import { type Caller, desk, machine, read } from "../../http/caller.ts";
import { postPdf, scannedPdf } from "../../http/offline-pdf.ts";
import { orderBody } from "../../http/order-body.ts";
import type { TorturedService } from "./tortured-service.ts";

/** Something that is asked of the service, once and again. */
export interface CutPath {
  readonly name: string;
  /** Gets all ready for it, under a name that was not used before; what it answers does it, each time it is called. */
  prepare(name: string): Promise<() => Promise<Response>>;
  /** What it may be answered while its connection is cut; anything but these is a fault of ours. */
  readonly fine: readonly number[];
  /** What the repetition may be answered. */
  readonly atLast: readonly number[];
}

/** Every way to change a contract's books that somebody waits for. */
export async function cutPaths(service: TorturedService): Promise<readonly CutPath[]> {
  const seller = machine(service);
  const contractDesk = await desk(service, "contract-desk-1");
  return [
    {
      name: "request",
      fine: [201, 202, 503],
      atLast: [201, 202],
      async prepare(name) {
        await ok(seller.put(`/v1/orders/${name}`, orderBody()));
        return () => seller.post(`/v1/orders/${name}/contract`, {}, { "idempotency-key": name });
      },
    },
    {
      name: "report",
      fine: [200, 503],
      atLast: [200],
      prepare: async (name) => () => seller.put(`/v1/orders/${name}`, orderBody()),
    },
    {
      name: "void",
      fine: [200, 503],
      atLast: [200, 409],
      async prepare(name) {
        const number = await contracted(seller, name);
        return () => contractDesk.post(`/v1/contracts/${number}/void`, { reason: "torture" });
      },
    },
    {
      name: "resolve",
      fine: [200, 503],
      atLast: [200, 409],
      async prepare(name) {
        const lines = [{ line: "1", product: "bespoke", quantity: "1", total: "1.00", tax: "0.00" }];
        await ok(seller.put(`/v1/orders/${name}`, orderBody({ lines })));
        const { ticket } = await read<{ ticket: string }>(await ok(seller.post("/v1/tickets", { order: name })));
        const pdf = scannedPdf();
        return () => postPdf(contractDesk, `/v1/tickets/${ticket}/resolve`, pdf);
      },
    },
  ];
}

/** The number of the issued contract of a new order. */
async function contracted(seller: Caller, order: string): Promise<string> {
  await ok(seller.put(`/v1/orders/${order}`, orderBody()));
  const { number } = await read<{ number: string }>(await ok(seller.post(`/v1/orders/${order}/contract`, {})));
  for (let look = 0; look < 200; look++) {
    const { state } = await read<{ state: string }>(await ok(seller.get(`/v1/contracts/${number}`)));
    if (state === "issued") return number;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${number} is not issued`);
}

async function ok(answer: Promise<Response>): Promise<Response> {
  const response = await answer;
  if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`);
  return response;
}
