import { setTimeout as sleep } from "node:timers/promises";
import { type Caller, caller, desk, machine, read, signIn } from "../http/caller.ts";
import { orderBody } from "../http/order-body.ts";

/** What the demonstration has besides its orders once the stage is set: the names of things that pages show. */
export interface Staged {
  readonly contract: string;
  readonly voided: string;
  readonly ticket: string;
  readonly endpoint: string;
  readonly sequence: string;
  readonly verifyPath: string;
  readonly verifyVoidPath: string;
}

interface Server {
  readonly url: string;
  readonly apiKey: string;
}

interface Contract {
  readonly number: string;
}

/** Contracts in force and void, a ticket with an answer: as after some weeks of use, all through the API. */
export async function setStage(server: Server): Promise<Staged> {
  const agent = await desk(server, "contract-desk-1");
  const buyer = caller(server.url, { cookie: await signIn(server, "demo-enterprise") });
  const request = async (order: string): Promise<Contract> =>
    read(await insist(await machine(server).post(`/v1/orders/${order}/contract`, {})));
  const [contract, voided] = [await request("D100000000001"), await request("D100000000002")];
  await insist(
    await agent.post(`/v1/contracts/${voided.number}/void`, { reason: "采购方名称登记有误，经双方协商作废" }),
  );
  const key = (name: string) => ({ "idempotency-key": `stage-${name}` });
  const ticket = await read<{ readonly ticket: string }>(
    await insist(
      await buyer.post(
        "/v1/tickets",
        { order: "D100000000005", message: "请协助办理该产品的线下合同，谢谢。" },
        key("ticket"),
      ),
    ),
  );
  await insist(
    await agent.post(
      `/v1/tickets/${ticket.ticket}/messages`,
      { text: "您好，合同正在用印，预计明天上传。" },
      key("answer"),
    ),
  );
  const endpoint = await draftsAndHooks(server, agent);
  const large = orderBody({ lines: [{ line: "1", product: "ecs", quantity: "1", total: "250000.00", tax: "0.00" }] });
  await insist(await machine(server).put("/v1/orders/LARGE-1", large));
  const { number } = await request("LARGE-1");
  await insist(await agent.post(`/v1/contracts/${number}/void`, { reason: "双方协商终止合作" }));
  await insist(
    await buyer.post(
      "/v1/accounts/demo-enterprise/contact-profiles",
      { ...PROFILE, makeDefault: true },
      key("profile"),
    ),
  );
  // For the chart of refusals.
  for (const order of ["D100000000005", "D100000000006", "D100000000007", "D300000000001"]) {
    await machine(server).post(`/v1/orders/${order}/contract`, {});
  }
  const sequence = await firstDelivery(server, endpoint);
  const pathOf = async ({ number }: Contract): Promise<string> => {
    const said = await read<{ readonly verificationUrl: string }>(
      await insist(await buyer.get(`/v1/contracts/${number}/contract.json`)),
    );
    const url = new URL(said.verificationUrl);
    return url.pathname + url.search;
  };
  return {
    contract: contract.number,
    voided: voided.number,
    ticket: ticket.ticket,
    endpoint,
    sequence,
    verifyPath: await pathOf(contract),
    verifyVoidPath: await pathOf(voided),
  };
}

const PROFILE = {
  label: "采购部",
  contact: "李采购",
  phone: "0755-12345678",
  email: "caigou@example.com",
  postalAddress: "广东省深圳市南山区示例路 8 号",
  purchaseOrder: "PO-2026-1108",
  language: "zh-CN+en",
};

/** A draft of the rules, one of a wording, and an endpoint that answers nothing. */
async function draftsAndHooks(server: Server, agent: Caller): Promise<string> {
  const { rules } = await read<{ readonly rules: Readonly<Record<string, unknown>> }>(
    await insist(await agent.get("/v1/policy")),
  );
  await insist(await agent.put("/v1/policy/draft", { ...rules, hold: { start: "request", count: "days", days: 45 } }));
  const administrator = await desk(server, "administrator");
  const hook = { url: "http://127.0.0.1:65535/orderseal", description: "ERP" };
  const made = await administrator.post("/v1/webhook-endpoints", hook, { "idempotency-key": "stage-hook" });
  return (await read<{ readonly endpoint: string }>(await insist(made))).endpoint;
}

async function firstDelivery(server: Server, endpoint: string): Promise<string> {
  const administrator = await desk(server, "administrator");
  for (;;) {
    const { items } = await read<{
      readonly items: readonly { readonly sequence: string; readonly attempts: number }[];
    }>(await insist(await administrator.get(`/v1/webhook-endpoints/${endpoint}/deliveries`)));
    const tried = items.find(({ attempts }) => attempts > 0);
    if (tried) return tried.sequence;
    await sleep(200);
  }
}

async function insist(response: Response): Promise<Response> {
  if (!response.ok)
    throw new Error(`setting the stage failed: ${response.status} ${response.url} ${await response.text()}`);
  return response;
}
