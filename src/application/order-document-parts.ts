import { Type } from "typebox";
import { parseSellerId, type SellerId } from "../domain/identifiers.ts";
import type { InputFault } from "../domain/input-fault.ts";
import type { OrderState, SalesChannel } from "../domain/order.ts";
import { fail, type Result, succeed } from "../domain/result.ts";
import type { Instant } from "../domain/time.ts";
import { faultAt, missing, wrongKind } from "./order-document-faults.ts";
import {
  allOf,
  choiceKind,
  type Field,
  INSTANT,
  idKind,
  isAbsent,
  memberOf,
  objectKind,
  optional,
  plainId,
  required,
  textKind,
} from "./order-document-fields.ts";
import { idSchema, instantSchema, orNull, textSchema } from "./order-document-schema.ts";

const LONGEST_SELLER_NAME = 200;
/** RFC 1035, section 3.1: what a domain name can have at most. */
const LONGEST_DOMAIN = 253;
const STATES = ["unpaid", "paid", "cancelled", "expired", "refunded"] as const satisfies readonly OrderState["state"][];

export const OrderDocumentMarketplace = Type.Object(
  {
    sellerName: textSchema(LONGEST_SELLER_NAME, "Name of the independent seller."),
    seller: Type.Optional(orNull(idSchema("Seller id."), "Its seller id, where it seals through this installation.")),
  },
  { additionalProperties: false },
);

export const OrderDocumentDomain = Type.Object(
  {
    service: idSchema("The service: registration, renewal, transfer_in, redemption, … as the policy lists them."),
    name: textSchema(LONGEST_DOMAIN, "The domain name."),
  },
  { additionalProperties: false },
);

export const OrderDocumentStatus = Type.Union(
  [
    statusSchema({ state: Type.Literal("unpaid", { description: "Placed, not yet paid." }) }),
    statusSchema({
      state: Type.Literal("paid", { description: "Paid, or nothing to pay." }),
      paidAt: instantSchema("When it was paid."),
    }),
    statusSchema({
      state: Type.Literal("cancelled", { description: "Cancelled before payment." }),
      cancelledAt: instantSchema("When it was cancelled."),
    }),
    statusSchema({
      state: Type.Literal("expired", { description: "Never paid; given up." }),
      expiredAt: instantSchema("When it expired."),
    }),
    statusSchema({
      state: Type.Literal("refunded", { description: "Paid, then refunded." }),
      refundedAt: instantSchema("When it was refunded."),
      paidAt: Type.Optional(
        orNull(instantSchema("When it had been paid."), "When it had been paid; what is on record stands in for it."),
      ),
    }),
  ],
  { description: "What has become of the order, and when." },
);

const A_STATUS = { "zh-CN": "订单状态", en: "the status of the order" };
const STATE = choiceKind(STATES);
const MARKETPLACE = objectKind({ "zh-CN": "云市场信息", en: "the marketplace's seller" }, ["sellerName", "seller"]);
const SELLER_NAME = textKind({ "zh-CN": "卖家名称", en: "the seller's name" }, LONGEST_SELLER_NAME);
const SELLER = idKind({ "zh-CN": "卖方编号", en: "the seller's id" }, parseSellerId);
const DOMAIN = objectKind({ "zh-CN": "域名信息", en: "the domain" }, ["service", "name"]);
const DOMAIN_SERVICE = idKind(
  { "zh-CN": "域名服务，例如 registration", en: "the service, such as registration" },
  plainId,
);
const DOMAIN_NAME = textKind({ "zh-CN": "域名", en: "the domain name" }, LONGEST_DOMAIN);

/** Each state has its own time and no other member. */
export function parseStatus(field: Field): Result<OrderState, InputFault> {
  if (isAbsent(field)) return fail(missing(field.path, A_STATUS));
  if (typeof field.value !== "object" || Array.isArray(field.value)) {
    return fail(wrongKind(field.path, field.value, A_STATUS));
  }
  const state = required(memberOf(field.path, field.value, "state"), STATE);
  if (!state.ok) return state;
  switch (state.value) {
    case "unpaid": {
      const members = objectKind(statusOwner("unpaid"), ["state"]).read(field);
      return members.ok ? succeed({ state: "unpaid" }) : members;
    }
    case "paid":
      return timed(field, "paid", "paidAt");
    case "cancelled":
      return timed(field, "cancelled", "cancelledAt");
    case "expired":
      return timed(field, "expired", "expiredAt");
    case "refunded":
      return refunded(field);
  }
}

/** Direct unless a marketplace is named, which excludes a seller beside it. */
export function parseChannel(
  seller: Field,
  marketplace: Field,
  defaultSeller: SellerId,
): Result<SalesChannel, InputFault> {
  if (isAbsent(marketplace)) {
    const direct = optional(seller, SELLER);
    return direct.ok ? succeed({ kind: "direct", seller: direct.value ?? defaultSeller }) : direct;
  }
  if (!isAbsent(seller)) {
    return fail(
      faultAt(seller.path, {
        "zh-CN": "不能与 marketplace 同时出现，因为后者已指明卖家，请删去其中一项。",
        en: "cannot stand beside marketplace, which names its own seller; leave one of the two out.",
      }),
    );
  }
  const members = MARKETPLACE.read(marketplace);
  if (!members.ok) return members;
  const parts = allOf({
    sellerName: required(members.value.sellerName, SELLER_NAME),
    seller: optional(members.value.seller, SELLER),
  });
  return parts.ok ? succeed({ kind: "marketplace", ...parts.value }) : parts;
}

/** Both members or, without a domain, two nulls. */
export function parseDomain(
  field: Field,
): Result<{ readonly service: string | null; readonly name: string | null }, InputFault> {
  if (isAbsent(field)) return succeed({ service: null, name: null });
  const members = DOMAIN.read(field);
  if (!members.ok) return members;
  return allOf({
    service: required(members.value.service, DOMAIN_SERVICE),
    name: required(members.value.name, DOMAIN_NAME),
  });
}

function refunded(field: Field): Result<OrderState, InputFault> {
  const members = objectKind(statusOwner("refunded"), ["state", "refundedAt", "paidAt"]).read(field);
  if (!members.ok) return members;
  const times = allOf({
    refundedAt: required(memberOf(field.path, field.value, "refundedAt"), INSTANT),
    paidAt: optional(memberOf(field.path, field.value, "paidAt"), INSTANT),
  });
  return times.ok ? succeed({ state: "refunded", ...times.value }) : times;
}

function timed<Name extends "paidAt" | "cancelledAt" | "expiredAt">(
  field: Field,
  state: TimedState<Name>["state"],
  name: Name,
): Result<OrderState, InputFault> {
  const members = objectKind(statusOwner(state), ["state", name]).read(field);
  if (!members.ok) return members;
  const at = required(memberOf(field.path, field.value, name), INSTANT);
  return at.ok ? succeed({ state, [name]: at.value } as unknown as TimedState<Name>) : at;
}

/** The state that has this time. */
type TimedState<Name extends string> = Extract<OrderState, { readonly [Key in Name]: Instant }>;

function statusOwner(state: OrderState["state"]) {
  return { "zh-CN": `${state} 状态`, en: `the status "${state}"` };
}

function statusSchema<Properties extends Parameters<typeof Type.Object>[0]>(properties: Properties) {
  return Type.Object(properties, { additionalProperties: false });
}
