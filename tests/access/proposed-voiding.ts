import { voidContract } from "../../src/application/void-contract.ts";
import { parseContractNumber } from "../../src/domain/contract-number.ts";
import type { Currency } from "../../src/domain/money.ts";
import { machine, read } from "../http/caller.ts";
import { orderBody } from "../http/order-body.ts";
import { TESTER } from "../test-key.ts";
import type { TestServer } from "../test-server.ts";

let made = 0;

/** A contract above what one person voids alone: its number. */
export async function largeContract(
  server: TestServer,
  total = "100000.01",
  currency: Currency = "CNY",
): Promise<string> {
  const order = `LARGE-${++made}`;
  const lines = [{ line: "1", product: "ecs", quantity: "1", total, tax: "0.00" }];
  await machine(server).put(`/v1/orders/${order}`, orderBody({ lines, currency }));
  const issued = await machine(server).post(`/v1/orders/${order}/contract`, {});
  const { number } = await read<{ number?: string }>(issued);
  if (number === undefined) throw new Error(`no contract: ${issued.status}`);
  return number;
}

/** The id of a proposal to void one, by somebody at a terminal. */
export async function makeProposal(server: TestServer): Promise<string> {
  const number = parseContractNumber(await largeContract(server));
  const outcome = number && (await voidContract(server.services, TESTER, number, "wrong amount"));
  if (typeof outcome !== "object" || outcome === null) throw new Error(`not proposed: ${outcome}`);
  return outcome.proposal.id;
}
