import type { Ticket } from "../api/tickets.ts";
import { ContractLink } from "../shell/thing-links.tsx";

/** What came of it: the contract, or why there is none; nothing while it is open. */
export function TicketOutcome({ ticket: { contract, reason } }: { ticket: Pick<Ticket, "contract" | "reason"> }) {
  if (contract !== null) return <ContractLink number={contract} />;
  return <span className="said">{reason ?? "—"}</span>;
}
