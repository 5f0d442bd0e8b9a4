import { useQuery } from "@tanstack/react-query";
import { Link, useLocation } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { sessionQuery } from "../api/session.ts";
import { PATHS } from "../paths.ts";

interface OrderLinkProps {
  readonly order: string;
  /** Instead of its number. */
  readonly children?: ReactNode;
  readonly className?: string;
}

/** To an order's page: the buyer's own, or that of the desk for the seller's people, who see more of it. */
export function OrderLink({ order, children, className = "order-number" }: OrderLinkProps) {
  const isStaff = useIsStaff();
  const { pathname } = useLocation();
  // The list, as it was sifted, stays behind the drawer.
  const isAmongOrders = pathname.startsWith(PATHS.orders);
  return isStaff ? (
    <Link className={className} to={PATHS.deskOrder} params={{ order }}>
      {children ?? order}
    </Link>
  ) : (
    <Link className={className} to={PATHS.order} params={{ order }} {...(isAmongOrders && { search: true })}>
      {children ?? order}
    </Link>
  );
}

interface ContractLinkProps {
  readonly number: string;
  readonly onClick?: () => void;
}

/** To a contract's page, in the same way. */
export function ContractLink({ number, onClick }: ContractLinkProps) {
  const isStaff = useIsStaff();
  return (
    <Link
      className="code"
      to={isStaff ? PATHS.deskContract : PATHS.contract}
      params={{ number }}
      {...(onClick && { onClick })}
    >
      {number}
    </Link>
  );
}

function useIsStaff(): boolean {
  const { data: session } = useQuery(sessionQuery);
  return session?.staff != null;
}
