import type { Clock } from "./application/ports.ts";
import type { TimestampClient } from "./document/seal/timestamp-client.ts";
import { type TimestampFailure, timestampFailure } from "./document/seal/timestamp-token.ts";
import { readCertificate } from "./verify/certificate.ts";
import { readOnly } from "./verify/der.ts";
import { checkTimestamp } from "./verify/timestamp-token.ts";
import { Finding } from "./verify/verdict.ts";

/**
 * A client whose timestamps the independent verifier accepts, too: one that only the sealing side takes would come to
 * light when the sealed contract is inspected, as a fault of ours.
 */
export function withSecondLook(
  client: TimestampClient,
  timestampRoots: readonly Uint8Array[] | null,
  clock: Clock,
): TimestampClient {
  const roots = (timestampRoots ?? []).map((root) => readCertificate(Buffer.from(root)));
  const look = (token: Uint8Array, stamped: Uint8Array): TimestampFailure | null => {
    try {
      const { trusted } = checkTimestamp(readOnly(Buffer.from(token)), [Buffer.from(stamped)], {
        roots,
        at: new Date(clock.now()),
      });
      if (timestampRoots === null || trusted) return null;
      return timestampFailure("untrusted", "the verifier finds no path to the roots of timestamp authorities");
    } catch (error) {
      if (!(error instanceof Finding)) throw error;
      return timestampFailure("not_verifiable", error.message);
    }
  };
  return {
    async timestamp(bytes) {
      const outcome = await client.timestamp(bytes);
      return outcome.ok ? (look(outcome.token, bytes) ?? outcome) : outcome;
    },
  };
}
