import type { KeyState, SealKeyLine } from "../application/seal-keys.ts";
import type { SellerId } from "../domain/identifiers.ts";
import { type Instant, instantOf } from "../domain/time.ts";
import { keyInUse, useBegins, useEnds, wholeSecond } from "./key-choice.ts";
import type { ReadKey } from "./key-folder.ts";
import { usable } from "./key-ring.ts";

const DAY_MS = 86_400_000;

/** The keys of a seller with what each is worth at the instant. */
export function keyLines(seller: SellerId, keys: readonly ReadKey[], at: Instant): readonly SealKeyLine[] {
  const inUse = keyInUse(keys.flatMap(usable), at)?.name ?? null;
  return keys.map((read): SealKeyLine => {
    const { name, kind, certificate, fault } = read;
    const until = certificate && useEnds(certificate.period);
    return {
      seller,
      name,
      kind,
      algorithm: certificate?.algorithmName ?? null,
      from: certificate && instantOf(useBegins(certificate.period)),
      until: until === null ? null : wholeSecond(until),
      daysLeft: until === null ? null : Math.max(0, Math.floor((until - at) / DAY_MS)),
      state: stateOf(read, inUse, at),
      fault,
      certificate: certificate?.sha256 ?? null,
      subject: certificate?.subject ?? null,
    };
  });
}

function stateOf(
  { name, certificate, fault, isAwaitingCertificate, isAwaitingApproval = false }: ReadKey,
  inUse: string | null,
  at: Instant,
): KeyState {
  if (isAwaitingCertificate) return "awaiting_certificate";
  if (isAwaitingApproval) return "awaiting_approval";
  if (fault !== null || certificate === null) return "unusable";
  if (name === inUse) return "in_use";
  if (useEnds(certificate.period) <= at) return "over";
  return useBegins(certificate.period) > at ? "not_yet" : "usable";
}
