/** What a node is started with. */
export interface NodeOptions {
  readonly settings: Readonly<Record<string, string>>;
  /** How far its clock is off. */
  readonly skewMs: number;
  /** Whether it listens; one that does not starts in half the time. */
  readonly http: boolean;
  /** Draws with processes of its own; else the harness draws for it, with the same renderer, and is not killed with it. */
  readonly ownRenderer: boolean;
  /** Where it kills itself while it starts; null: nowhere. */
  readonly startDeath: Death | null;
}

/** Before or after a line of work takes the step of this name for the n-th time, counted from 1. */
export interface Death {
  readonly moment: "before" | "after";
  readonly step: string;
  readonly time: number;
  /** Left out: SIGKILL. One that is stopped goes on when it is told to. */
  readonly signal?: "SIGSTOP";
}

/** What a node can be told to do in its own process, by the use case itself. */
export type Action =
  | { readonly kind: "request"; readonly order: string; readonly key: string | null }
  | { readonly kind: "batch"; readonly orders: readonly string[]; readonly key: string }
  | { readonly kind: "bill"; readonly cycle: string }
  | { readonly kind: "requestBill"; readonly cycle: string; readonly key: string | null }
  | {
      readonly kind: "report";
      readonly order: string;
      readonly revision: number;
      readonly state: OrderState;
      readonly product?: string;
    }
  /** Requests it, and nothing can be drawn. */
  | { readonly kind: "interrupt"; readonly order: string }
  | { readonly kind: "finish" }
  /** Nothing happens any more but what it is told. */
  | { readonly kind: "stopSchedule" }
  | { readonly kind: "void"; readonly order: string }
  | { readonly kind: "upload"; readonly order: string }
  | { readonly kind: "announceHolds" }
  /** Every contract that is due, until none is. */
  | { readonly kind: "archive" };

type OrderState = "unpaid" | "paid" | "cancelled";

export type ToNode =
  | { readonly kind: "begin"; readonly options: NodeOptions }
  | { readonly kind: "act"; readonly id: number; readonly action: Action; readonly death: Death | null }
  | { readonly kind: "drawn"; readonly id: number; readonly document: unknown };

export type FromNode =
  | { readonly kind: "ready"; readonly url: string; readonly steps: readonly string[] }
  | { readonly kind: "done"; readonly id: number; readonly answer: string; readonly steps: readonly string[] }
  /** `passes`: the books could not be had, and the same may be asked again. */
  | { readonly kind: "failed"; readonly id: number; readonly reason: string; readonly passes: boolean }
  | { readonly kind: "draw"; readonly id: number; readonly snapshot: unknown };
