import type { FastifyRequest } from "fastify";
import { type Static, Type } from "typebox";
import { REFUSAL_DAYS, type Today } from "../application/show-today.ts";
import type { UnsealedContract } from "../application/today-shelf.ts";
import { type RefusalCode, RULE_OF } from "../domain/refusal.ts";
import { refusalTitle } from "../domain/refusal-text.ts";
import { TICKET_QUEUES, type TicketQueue } from "../domain/ticket.ts";
import { isoOf } from "../domain/time.ts";
import { timestampFaultText } from "../domain/timestamp-fault.ts";
import { languageOf } from "./language.ts";
import { Instant, NullableInstant, NullableText } from "./schema-parts.ts";
import { outlookJson, SealingOutlookSchema } from "./seal-key-json.ts";

const Count = Type.Integer({ minimum: 0 });

const Ticket = Type.Object({ ticket: Type.String(), order: Type.String(), openedAt: Instant });
const Queue = Type.Object({
  queue: Type.Unsafe<TicketQueue>({ type: "string", enum: [...TICKET_QUEUES] }),
  open: Count,
  oldest: Type.Union([Ticket, Type.Null()]),
});

const Hold = Type.Object({
  order: Type.String(),
  account: Type.String(),
  buyer: Type.Union([Type.String(), Type.Null()], { description: "The name that the account is verified under now" }),
  contract: Type.String(),
  until: Instant,
  timeZone: Type.String({ description: "The seller's" }),
});

const Reason = Type.Object({
  code: Type.String(),
  rule: Type.Union([Type.String(), Type.Null()]),
  title: Type.String({ description: "In the reader's language" }),
  count: Count,
});
const Day = Type.Object({ day: Type.String(), code: Type.String(), count: Count });

const Unsealed = Type.Object({
  contract: Type.String(),
  order: NullableText,
  account: Type.String(),
  seller: Type.String(),
  since: Instant,
  reason: Type.Union([Type.String(), Type.Null()], {
    description: "How the timestamp authority failed last, in the reader's language",
  }),
});
const UnsealedPart = Type.Object({ count: Count, first: Type.Array(Unsealed, { description: "The oldest ten" }) });

const Endpoint = Type.Object({
  endpoint: Type.String(),
  url: Type.String(),
  description: Type.String(),
  isDisabled: Type.Boolean({ description: "It answered 410" }),
  dead: Count,
  pending: Count,
  pendingSince: NullableInstant,
});

const orNull = <Schema extends Type.TSchema>(schema: Schema) => Type.Union([schema, Type.Null()]);

export const TodaySchema = Type.Object(
  {
    at: Instant,
    timeZone: Type.String({ description: "The default seller's: days are counted in it" }),
    tickets: orNull(Type.Array(Queue)),
    holds: orNull(
      Type.Object({ until: Instant, count: Count, first: Type.Array(Hold, { description: "The next ten" }) }),
    ),
    refusals: orNull(
      Type.Object({
        from: Type.String({ description: "The first of the days, such as 2026-10-12" }),
        to: Type.String({ description: "Today" }),
        reasons: Type.Array(Reason, { description: "The most frequent first" }),
        days: Type.Array(Day, { description: "By day and code; days without a refusal are left out" }),
      }),
    ),
    sealing: orNull(Type.Object({ stuck: UnsealedPart, waitingForTimestamp: UnsealedPart })),
    proposals: orNull(
      Type.Object({
        open: Count,
        forReader: Type.Integer({ description: "Those that whoever asks can decide" }),
        since: NullableInstant,
      }),
    ),
    sealKeys: orNull(Type.Array(SealingOutlookSchema)),
    webhooks: orNull(
      Type.Object({ count: Count, troubled: Type.Array(Endpoint, { description: "Those that need a look" }) }),
    ),
  },
  {
    $id: "Today",
    description: `What waits at the desk. A part that the asker may not see is null. Refusals are of the last ${REFUSAL_DAYS} days`,
  },
);
type TodayJson = Static<typeof TodaySchema>;

export function todayJson(request: FastifyRequest, today: Today): TodayJson {
  const { at, timeZone, tickets, holds, refusals, sealing, proposals, sealKeys, webhooks } = today;
  return {
    at: isoOf(at),
    timeZone,
    tickets:
      tickets?.map(({ queue, open, oldest }) => ({
        ...{ queue, open },
        oldest: oldest && { ...oldest, openedAt: isoOf(oldest.openedAt) },
      })) ?? null,
    holds: holds && {
      count: holds.count,
      until: isoOf(holds.until),
      first: holds.first.map((hold) => ({ ...hold, until: isoOf(hold.until) })),
    },
    refusals: refusals && refusalsJson(request, refusals),
    sealing: sealing && {
      stuck: unsealedJson(request, sealing.stuck),
      waitingForTimestamp: unsealedJson(request, sealing.waitingForTimestamp),
    },
    proposals: proposals && { ...proposals, since: proposals.since && isoOf(proposals.since) },
    sealKeys: sealKeys?.map(outlookJson) ?? null,
    webhooks: webhooks && { count: webhooks.count, troubled: webhooks.first.map(endpointJson) },
  };
}

function refusalsJson(
  request: FastifyRequest,
  { from, to, counts }: NonNullable<Today["refusals"]>,
): NonNullable<TodayJson["refusals"]> {
  const totals = new Map<string, number>();
  for (const { code, count } of counts) totals.set(code, (totals.get(code) ?? 0) + count);
  const reasons = [...totals]
    .toSorted(([left, some], [right, others]) => others - some || left.localeCompare(right))
    .map(([code, count]) => ({ code, count, ...wordsOf(request, code) }));
  return { from, to, reasons, days: counts.map((each) => ({ ...each })) };
}

/** A code of a former or a later version is shown as it is. */
function wordsOf(request: FastifyRequest, code: string): { readonly rule: string | null; readonly title: string } {
  const isKnown = (text: string): text is RefusalCode => Object.hasOwn(RULE_OF, text);
  if (!isKnown(code)) return { rule: null, title: code };
  return { rule: RULE_OF[code], title: refusalTitle(code)[languageOf(request)] };
}

function unsealedJson(
  request: FastifyRequest,
  { count, first }: { readonly count: number; readonly first: readonly UnsealedContract[] },
): Static<typeof UnsealedPart> {
  return {
    count,
    first: first.map(({ since, reason, ...contract }) => ({
      ...contract,
      since: isoOf(since),
      reason: reason && timestampFaultText(reason)[languageOf(request)],
    })),
  };
}

function endpointJson({
  endpoint: { id, url, description, disabled },
  dead,
  pending,
  pendingSince,
}: NonNullable<Today["webhooks"]>["first"][number]): Static<typeof Endpoint> {
  const since = pendingSince && isoOf(pendingSince);
  return { endpoint: id, url, description, isDisabled: disabled === "gone", dead, pending, pendingSince: since };
}
