import { Temporal } from "temporal-polyfill";
import type { Clock } from "../src/application/ports.ts";
import { type Instant, instantOf } from "../src/domain/time.ts";

/** Where the seller of the demonstration lives, and with it every date of a diary. */
const ZONE = "Asia/Shanghai";

/** A clock that stands still until a diary turns the page. */
export class StoryClock implements Clock {
  private instant: Instant;

  constructor(when: string) {
    this.instant = instantAt(when);
  }

  now(): Instant {
    return this.instant;
  }

  /** Another story begins, whenever it plays. */
  startAt(when: string): void {
    this.instant = instantAt(when);
  }

  /** Within a story time goes forward only. */
  goTo(when: string): void {
    const next = instantAt(when);
    if (next < this.instant) throw new Error(`a diary goes forward: ${when} comes after ${isoAt(this.instant)}`);
    this.instant = next;
  }
}

/** "2026-11-12 10:00" by the seller's wall clock, as an instant. */
function instantAt(when: string): Instant {
  return instantOf(Temporal.PlainDateTime.from(when.replace(" ", "T")).toZonedDateTime(ZONE).epochMilliseconds);
}

/** The same as the API says it: "2026-11-12T02:00:00Z". */
export function iso(when: string): string {
  return isoAt(instantAt(when));
}

function isoAt(instant: Instant): string {
  return new Date(instant).toISOString().replace(".000Z", "Z");
}
