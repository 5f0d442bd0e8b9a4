import type { Action } from "./node-messages.ts";

/** What somebody does one after the other; a node that dies leaves the rest to the next one, the cut-off action first. */
export interface Customer {
  readonly left: Action[];
}

/** One of some stories around an order of its own: reported, requested, paid, cancelled, voided, or several in a batch. */
export function customerOf(number: number, random: () => number): Customer {
  const order = `RANDOM-${number}`;
  const report = (revision: number, state: "unpaid" | "paid" | "cancelled", of = order): Action => {
    return { kind: "report", order: of, revision, state };
  };
  const request: Action = { kind: "request", order, key: random() < 0.8 ? order : `other ${order}` };
  const stories: readonly (readonly Action[])[] = [
    [report(1, "paid"), request],
    [report(1, "unpaid"), request, report(2, "paid")],
    [report(1, "unpaid"), request, report(2, "cancelled")],
    [report(1, "paid"), request, { kind: "void", order }],
    [
      ...[1, 2, 3].map((part) => report(1, "paid", `${order}-${part}`)),
      { kind: "batch", orders: [1, 2, 3].map((part) => `${order}-${part}`), key: order },
    ],
  ];
  return { left: [...(stories[Math.floor(random() * stories.length)] ?? [])] };
}

/** Has everything done that is left, until an action is not answered. */
export async function serve({ left }: Customer, isDone: (action: Action) => Promise<boolean>): Promise<void> {
  for (let next = left[0]; next; next = left[0]) {
    if (!(await isDone(next))) return;
    left.shift();
  }
}
