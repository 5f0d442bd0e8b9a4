import type { OrderDocument } from "../../src/application/order-document.ts";

/** A paid order of one ECS line, as `PUT /v1/orders/{order}` takes it. */
export function orderBody(changes: Partial<OrderDocument> = {}): OrderDocument {
  return {
    account: "demo-enterprise",
    revision: 1,
    occurredAt: "2026-03-02T08:00:00Z",
    placedAt: "2026-03-02T08:00:00Z",
    type: "new",
    billing: "subscription",
    status: { state: "paid", paidAt: "2026-03-02T08:00:00Z" },
    currency: "CNY",
    lines: [
      {
        line: "1",
        product: "ecs",
        description: "ecs.g8i.large",
        quantity: "1",
        total: "106.00",
        tax: "6.00",
        startsAt: "2026-03-02T08:00:00Z",
        endsAt: "2027-03-02T16:00:00Z",
      },
    ],
    ...changes,
  };
}
