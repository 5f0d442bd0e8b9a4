import { downloadContract } from "../../../src/application/download-contract.ts";
import { showOrder } from "../../../src/application/show-order.ts";
import { parseContractNumber } from "../../../src/domain/contract-number.ts";
import type { Observed } from "../../model/observed-shop.ts";
import { promisedStanding } from "../../model/promises.ts";
import type { ShopNode } from "../../model/shop-node.ts";
import type { SimulatedOrder } from "./simulated-order.ts";

const NEWS: Readonly<Record<string, string>> = {
  in_force: "contract.in_force",
  not_started: "contract.in_force",
  ended: "contract.in_force",
  lapsed: "contract.lapsed",
  void: "contract.voided",
};

/** What is wrong with an order after everything has been told, delivered and finished; a sentence each. */
export async function judgeOrder(
  order: SimulatedOrder,
  books: Observed | undefined,
  desk: ShopNode,
  at: number,
): Promise<readonly string[]> {
  const faults: string[] = [];
  const insist = (holds: boolean, fault: string) => {
    if (!holds) faults.push(`${order.id}: ${fault}`);
  };
  insist(books?.revisions.length === order.reports.length, "a report is missing");
  const [contract, ...others] = books?.contracts ?? [];
  insist(others.length === 0, `${others.length + 1} contracts`);
  insist((order.promised ?? contract?.number) === contract?.number, `${order.promised} was promised, and is not there`);
  const shown = await showOrder(desk.ports, order.id, null);
  if (!contract || !books) {
    insist(shown?.standing === null, "is shown with a contract");
    return faults;
  }
  insist(contract.state === "issued", `the contract is stuck in "${contract.state}"`);
  insist(!order.wasToldVoid || contract.voidedAt !== null, "the contract was told to be void, and is not");
  const held = { holdUntil: contract.holdUntil, voidedByDesk: contract.voidedAt !== null };
  const ordered = { flavour: order.sample, placedAt: order.placedAt, reports: order.reports };
  const standing = promisedStanding(held, ordered, at);
  insist(shown?.standing === standing, `is shown as ${shown?.standing}, and was promised as ${standing}`);
  const number = parseContractNumber(contract.number);
  const file = number && (await desk.ports.ledger.contractByNumber(number));
  if (file?.state === "issued") await downloadContract(desk.ports, file);
  for (const fault of wrongOrder(books, standing)) insist(false, fault);
  return faults;
}

/** What is wrong with what was announced: each thing once, causes before effects, and the end of a hold for every hold. */
function wrongOrder({ events, isHoldOpen, contracts }: Observed, standing: string): readonly string[] {
  const told = events.map((event) => event.split(" ")[1] ?? "");
  const timesOf = (type: string) => told.filter((other) => other === type).length;
  const faults = ["contract.requested", "contract.issued"].flatMap((type) =>
    timesOf(type) === 1 ? [] : [`${type} was announced ${timesOf(type)} times`],
  );
  if (told[0] !== "contract.requested") faults.push(`began with ${told[0]}`);
  if (timesOf("contract.timestamp_pending") > 1) faults.push("that it waits was announced twice");
  if (told.lastIndexOf("contract.timestamp_pending") > told.indexOf("contract.issued"))
    faults.push("waited after its issue");
  const holds = told.filter((type) => type.startsWith("order.hold_"));
  const alternate = holds.every(
    (type, index) => type === (index % 2 === 0 ? "order.hold_started" : "order.hold_ended"),
  );
  if (!alternate || holds.length % 2 !== 0 || isHoldOpen) faults.push(`holds were announced as ${holds.join(", ")}`);
  if (contracts[0]?.holdUntil !== null && holds.length === 0) faults.push("its hold was never announced");
  // A hold that begins anew is news, too: the payment was taken back.
  const news = told.filter((type) => type === "order.hold_started" || Object.values(NEWS).includes(type));
  if (news.some((type, index) => type === news[index - 1])) faults.push(`was announced twice: ${news.join(", ")}`);
  // A contract on a paid order is in force from the first, and nobody needs to be told.
  if ((news.at(-1) ?? "contract.in_force") !== NEWS[standing])
    faults.push(`is ${standing}; announced: ${news.join(", ")}`);
  return faults;
}
