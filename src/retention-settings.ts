import type { Retention } from "./application/apply-retention.ts";
import { fail, type Result, succeed } from "./domain/result.ts";

/** What the operator set about how long is kept what need not be kept for ever. */
export interface RetentionSettings {
  readonly retention: Retention;
}

/** Names in the setting, and what each is kept for unless it says otherwise. */
const KEPT = { evidence: "evidence", "webhook-deliveries": "webhookDeliveries" } as const;
const DEFAULTS: Retention = { evidence: null, webhookDeliveries: 365 };
/** A slip of the pen must not empty the books; and longer than that is for ever. */
const DAYS = /^([1-9]\d{0,4})d$/;

/** "evidence=1825d,webhook-deliveries=90d": days, or "keep". */
export function readRetentionSettings(
  variables: Readonly<Record<string, string | undefined>>,
): Result<RetentionSettings, string> {
  const parts = (variables.ORDERSEAL_RETENTION ?? "").split(",").map((part) => part.trim());
  const retention: { -readonly [Name in keyof Retention]: Retention[Name] } = { ...DEFAULTS };
  for (const part of parts.filter((each) => each !== "")) {
    const [name = "", period = ""] = part.split("=").map((text) => text.trim());
    const kept = isKept(name) ? KEPT[name] : null;
    const days = period === "keep" ? null : DAYS.exec(period)?.[1];
    if (kept === null || days === undefined) {
      return fail(
        `ORDERSEAL_RETENTION must name ${Object.keys(KEPT).join(" or ")} with days or "keep", such as "evidence=1825d,webhook-deliveries=90d"; "${part.slice(0, 80)}" does not.`,
      );
    }
    retention[kept] = days === null ? null : Number(days);
  }
  return succeed({ retention });
}

function isKept(name: string): name is keyof typeof KEPT {
  return Object.hasOwn(KEPT, name);
}
