import { isBeingSealed } from "../api/contracts.ts";
import type { Order } from "../api/orders.ts";
import { StandingTag } from "../shell/standing-tag.tsx";
import { ContractLink } from "../shell/thing-links.tsx";
import { DownloadLink } from "./download-link.tsx";

/** The contract that an order or a bill has: its number, what it is worth now, and the file. */
export function ContractPart({ contract }: { contract: NonNullable<Order["contract"]> }) {
  const { number } = contract;
  return (
    <div className="decision-contract">
      <ContractLink number={number} />
      <StandingTag contract={contract} />
      {!isBeingSealed(contract) && <DownloadLink number={number} size="small" />}
    </div>
  );
}
