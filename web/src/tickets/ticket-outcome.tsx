import { Link } from "@tanstack/react-router";
import type { Ticket } from "../api/tickets.ts";
import { PATHS } from "../paths.ts";

/** What came of it: the contract, or why there is none; nothing while it is open. */
export function TicketOutcome({ ticket: { contract, reason } }: { ticket: Pick<Ticket, "contract" | "reason"> }) {
  if (contract !== null) {
    return (
      <Link className="code" to={PATHS.contract} params={{ number: contract }}>
        {contract}
      </Link>
    );
  }
  return <span className="said">{reason ?? "—"}</span>;
}
