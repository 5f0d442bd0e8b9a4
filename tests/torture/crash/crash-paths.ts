import { sql } from "kysely";
import type { CrashSite } from "./crash-site.ts";
import type { Action } from "./node-messages.ts";

/** A use case that is cut off at each of its steps, on something of its own each time. */
export interface CrashPath {
  readonly name: string;
  /** What has to be in the books before. */
  readonly before: (id: CaseId) => readonly Action[];
  readonly action: (id: CaseId) => Action;
  /** What cannot be said by an action. */
  readonly arrange?: (site: CrashSite) => Promise<void>;
  /** What would pass by itself, only later, before it is asked again after a death. */
  readonly wait?: (site: CrashSite) => Promise<void>;
}

/** One order, or where the path is about bills one month, for each kill. */
export interface CaseId {
  readonly order: string;
  readonly cycle: string;
}

const PAID = ({ order }: CaseId): Action => ({ kind: "report", order, revision: 1, state: "paid" });
const UNPAID = ({ order }: CaseId): Action => ({ kind: "report", order, revision: 1, state: "unpaid" });
const REQUEST = ({ order }: CaseId): Action => ({ kind: "request", order, key: order });

export const CRASH_PATHS: readonly CrashPath[] = [
  { name: "an order is reported", before: () => [], action: PAID },
  { name: "a contract is requested", before: (id) => [PAID(id)], action: REQUEST },
  { name: "a contract is requested before payment", before: (id) => [UNPAID(id)], action: REQUEST },
  {
    name: "an order with a contract is paid",
    before: (id) => [UNPAID(id), REQUEST(id)],
    action: ({ order }) => ({ kind: "report", order, revision: 2, state: "paid" }),
  },
  {
    name: "an order with a contract is cancelled",
    before: (id) => [UNPAID(id), REQUEST(id)],
    action: ({ order }) => ({ kind: "report", order, revision: 2, state: "cancelled" }),
  },
  {
    name: "a contract is voided",
    before: (id) => [PAID(id), REQUEST(id)],
    action: ({ order }) => ({ kind: "void", order }),
  },
  {
    name: "ended holds are announced",
    before: (id) => [{ kind: "announceHolds" }, UNPAID(id), REQUEST(id)],
    action: () => ({ kind: "announceHolds" }),
  },
  {
    name: "a signed paper is uploaded",
    before: ({ order }) => [{ kind: "report", order, revision: 1, state: "paid", product: "bespoke" }],
    action: ({ order }) => ({ kind: "upload", order }),
  },
  {
    name: "a bill is reported",
    before: () => [],
    action: ({ cycle }) => ({ kind: "bill", cycle }),
  },
  {
    name: "a contract on a bill is requested",
    before: ({ cycle }) => [{ kind: "bill", cycle }],
    action: ({ cycle }) => ({ kind: "requestBill", cycle, key: cycle }),
  },
  {
    name: "a contract is archived",
    before: (id) => [{ kind: "archive" }, PAID(id), REQUEST(id)],
    action: () => ({ kind: "archive" }),
    wait: endArchivePauses,
  },
  // The last one, since it stops the schedule.
  {
    name: "an interrupted contract is finished",
    before: (id) => [{ kind: "stopSchedule" }, PAID(id), { kind: "interrupt", order: id.order }],
    arrange: endClaims,
    action: () => ({ kind: "finish" }),
  },
];

/** Whatever is being issued may be taken over now. */
export async function endClaims({ database: { database } }: CrashSite): Promise<void> {
  await sql`UPDATE contracts SET claimed_until = now() - interval '1 second' WHERE state = 'issuing'`.execute(database);
}

/** Archives that a dead node had begun are due again at once, and not in a minute. */
async function endArchivePauses({ database: { database } }: CrashSite): Promise<void> {
  await sql`UPDATE archive_work SET due_at = now() - interval '1 minute' WHERE attempts > 0`.execute(database);
}
