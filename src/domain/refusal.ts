import type { BillCycle } from "./bill.ts";
import type { ContractNumber, OrderId, ProductCode } from "./identifiers.ts";
import type { Localized } from "./localized.ts";
import type { OrderType } from "./order.ts";
import type { Partner } from "./parties.ts";
import type { TicketQueue } from "./ticket.ts";
import type { Instant, TimeZone } from "./time.ts";

/** Why an order gets no contract, with the facts that its sentence needs. In the order of the ladder. */
export type Refusal =
  | { readonly code: "served_by_partner"; readonly partner: Partner }
  | { readonly code: "already_contracted"; readonly contract: ContractNumber }
  | { readonly code: "order_cancelled" }
  | { readonly code: "order_expired" }
  | { readonly code: "order_refunded" }
  | {
      readonly code: "order_type_not_contractable";
      readonly type: OrderType;
      readonly relatedOrder: OrderId | null;
    }
  | { readonly code: "identity_not_verified" }
  | {
      readonly code: "seller_cannot_seal";
      readonly sellerName: Localized;
      readonly marketplace: boolean;
      /** Whom to ask about a month's bill: tickets are about orders. */
      readonly contact?: string;
    }
  | {
      readonly code: "product_not_self_service";
      readonly product: ProductCode;
      /** Null where the order's source names none. */
      readonly name: Localized | null;
    }
  /** `service` is null where the order's source names none. */
  | { readonly code: "unpaid_domain_service_not_allowed"; readonly service: string | null }
  | {
      readonly code: "bill_not_final";
      readonly cycle: BillCycle;
      readonly requestableFrom: Instant;
      readonly timeZone: TimeZone;
    }
  /** No rung: what an authority outside answers is no fact that a ladder decides by; the request itself asks. */
  | { readonly code: "timestamp_unavailable" };

export type RefusalCode = Refusal["code"];

/** What the buyer can do instead (R24). */
export type NextStep =
  | { readonly action: "contact_partner"; readonly name: string; readonly contact: string }
  | { readonly action: "contact_seller"; readonly name: Localized; readonly contact: string }
  | { readonly action: "view_contract"; readonly contract: ContractNumber }
  | { readonly action: "place_new_order" }
  | { readonly action: "view_order"; readonly order: OrderId }
  | { readonly action: "verify_identity" }
  | { readonly action: "open_ticket"; readonly queue: TicketQueue }
  | { readonly action: "print_checklist" }
  | { readonly action: "request_later"; readonly from: Instant; readonly timeZone: TimeZone }
  | { readonly action: "try_again_later" };

/** The rule of the product description that each refusal applies. */
export const RULE_OF = {
  served_by_partner: "R19",
  already_contracted: "R4",
  order_cancelled: "R9",
  order_expired: "R10",
  order_refunded: "R11",
  order_type_not_contractable: "R1",
  identity_not_verified: "R6",
  seller_cannot_seal: "R18",
  product_not_self_service: "R3",
  unpaid_domain_service_not_allowed: "R15",
  bill_not_final: "R13",
  timestamp_unavailable: "R18",
} as const satisfies Record<RefusalCode, string>;

export function nextStepOf(refusal: Refusal): NextStep {
  switch (refusal.code) {
    case "served_by_partner":
      return { action: "contact_partner", name: refusal.partner.name, contact: refusal.partner.contact };
    case "already_contracted":
      return { action: "view_contract", contract: refusal.contract };
    case "order_cancelled":
    case "order_expired":
    case "order_refunded":
      return { action: "place_new_order" };
    case "order_type_not_contractable":
      return refusal.relatedOrder
        ? { action: "view_order", order: refusal.relatedOrder }
        : { action: "open_ticket", queue: "contract_desk" };
    case "identity_not_verified":
      return { action: "verify_identity" };
    case "seller_cannot_seal":
      if (refusal.contact !== undefined) {
        return { action: "contact_seller", name: refusal.sellerName, contact: refusal.contact };
      }
      return { action: "open_ticket", queue: refusal.marketplace ? "marketplace_desk" : "contract_desk" };
    case "product_not_self_service":
      return { action: "open_ticket", queue: "contract_desk" };
    case "unpaid_domain_service_not_allowed":
      return { action: "print_checklist" };
    case "bill_not_final":
      return { action: "request_later", from: refusal.requestableFrom, timeZone: refusal.timeZone };
    case "timestamp_unavailable":
      return { action: "try_again_later" };
  }
}
