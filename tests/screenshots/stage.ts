import { caller, desk, machine, read, signIn } from "../http/caller.ts";

/** What the demonstration has besides its orders once the stage is set: the names of things that pages show. */
export interface Staged {
  readonly contract: string;
  readonly voided: string;
  readonly ticket: string;
  readonly verifyPath: string;
  readonly verifyVoidPath: string;
}

interface Contract {
  readonly number: string;
}

/** Contracts in force and void, a ticket with an answer: as after some weeks of use, all through the API. */
export async function setStage(server: { readonly url: string; readonly apiKey: string }): Promise<Staged> {
  const agent = await desk(server, "contract-desk-1");
  const buyer = caller(server.url, { cookie: await signIn(server, "demo-enterprise") });
  const request = async (order: string): Promise<Contract> =>
    read(insist(await machine(server).post(`/v1/orders/${order}/contract`, {})));
  const [contract, voided] = [await request("D100000000001"), await request("D100000000004")];
  insist(await agent.post(`/v1/contracts/${voided.number}/void`, { reason: "采购方名称登记有误，经双方协商作废" }));
  const key = (name: string) => ({ "idempotency-key": `stage-${name}` });
  const ticket = await read<{ readonly ticket: string }>(
    insist(
      await buyer.post(
        "/v1/tickets",
        { order: "D100000000005", message: "请协助办理该产品的线下合同，谢谢。" },
        key("ticket"),
      ),
    ),
  );
  insist(
    await agent.post(
      `/v1/tickets/${ticket.ticket}/messages`,
      { text: "您好，合同正在用印，预计明天上传。" },
      key("answer"),
    ),
  );
  const pathOf = async ({ number }: Contract): Promise<string> => {
    const said = await read<{ readonly verificationUrl: string }>(
      insist(await buyer.get(`/v1/contracts/${number}/contract.json`)),
    );
    const url = new URL(said.verificationUrl);
    return url.pathname + url.search;
  };
  return {
    contract: contract.number,
    voided: voided.number,
    ticket: ticket.ticket,
    verifyPath: await pathOf(contract),
    verifyVoidPath: await pathOf(voided),
  };
}

function insist(response: Response): Response {
  if (!response.ok) throw new Error(`setting the stage failed: ${response.status} ${response.url}`);
  return response;
}
