import { Link } from "@tanstack/react-router";
import { isBeingSealed } from "../api/contracts.ts";
import type { Order } from "../api/orders.ts";
import { PATHS } from "../paths.ts";
import { StandingTag } from "../shell/standing-tag.tsx";
import { DownloadLink } from "./download-link.tsx";

/** The contract that an order or a bill has: its number, what it is worth now, and the file. */
export function ContractPart({ contract }: { contract: NonNullable<Order["contract"]> }) {
  const { number } = contract;
  return (
    <div className="decision-contract">
      <Link className="code" to={PATHS.contract} params={{ number }}>
        {number}
      </Link>
      <StandingTag contract={contract} />
      {!isBeingSealed(contract) && <DownloadLink number={number} size="small" />}
    </div>
  );
}
