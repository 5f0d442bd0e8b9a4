import { type CanonicalValue, canonicalJson } from "./canonical-json.ts";
import type { EventType } from "./event-type.ts";
import type { AccountId } from "./identifiers.ts";
import { type Instant, isoOf } from "./time.ts";

/** Something that happened, with its place in the one order of all that happened here. */
export interface NumberedEvent {
  readonly id: string;
  /** From 1, without gaps. */
  readonly position: number;
  readonly type: EventType;
  readonly at: Instant;
  readonly account: AccountId;
  /** The number of the contract, the order's, or the ticket's id. */
  readonly subject: string;
  readonly data: { readonly [name: string]: CanonicalValue };
}

/** As wide as the largest position that every reader of JSON knows exactly (2^53 - 1). */
const SEQUENCE_DIGITS = 16;

/**
 * The event as it is sent and listed (CloudEvents 1.0.2, structured JSON). `source` is relative to the address of the
 * installation, so that the bytes do not change when that address does. `sequence` is the documented extension attribute
 * of that name: a later event has a greater one, compared as text.
 */
export function cloudEventOf({ id, position, type, at, account, subject, data }: NumberedEvent) {
  return {
    specversion: "1.0",
    id,
    source: "/v1/events",
    type,
    subject,
    time: isoOf(at),
    datacontenttype: "application/json",
    account,
    sequence: sequenceOf(position),
    data,
  } as const;
}

/** The same bytes each time: one spelling for one event, whoever writes it and whenever. */
export function cloudEventBody(event: NumberedEvent): string {
  return canonicalJson(cloudEventOf(event));
}

/** A position as text that sorts like it. */
export function sequenceOf(position: number): string {
  return String(position).padStart(SEQUENCE_DIGITS, "0");
}

/** Reads a `sequence`, with or without its leading zeros; null for anything else. */
export function parseSequence(text: string): number | null {
  return /^\d{1,16}$/.test(text) && Number.isSafeInteger(Number(text)) ? Number(text) : null;
}
