import { signatureAlgorithm, signatureHolds } from "./accepted-algorithms.ts";
import type { Certificate } from "./certificate.ts";
import {
  booleanValue,
  childrenOf,
  type DerNode,
  derTag,
  fieldsOf,
  objectIdentifier,
  readFirst,
  readOnly,
  timeValue,
  wholeBytes,
} from "./der.ts";
import { type RevocationStatement, tellsOf } from "./revocation-statement.ts";
import { refuse } from "./verdict.ts";

/** Number and key identifier: critical or not, they hold back no certificate of the list's own issuer. */
const harmless: ReadonlySet<string> = new Set(["2.5.29.20", "2.5.29.35"]);

/**
 * Reads a complete certificate revocation list (RFC 5280 §5.1) that one of `authorities` has signed. Ends with
 * `archive_data_invalid` when none has, or when it is a partial list.
 */
export function readRevocationList(bytes: Buffer, authorities: readonly Certificate[]): RevocationStatement {
  const outer = fieldsOf(readOnly(bytes, derTag.sequence));
  const toBeSigned = outer.take(derTag.sequence);
  const algorithmNode = outer.take(derTag.sequence);
  const signature = wholeBytes(outer.take(derTag.bitString));
  outer.end();
  const fields = fieldsOf(toBeSigned);
  fields.optional(derTag.integer);
  const innerAlgorithm = fields.take(derTag.sequence);
  const issuerName = fields.take(derTag.sequence).raw;
  const thisUpdate = timeValue(fields.takeAny());
  const next = fields.optional(derTag.utcTime) ?? fields.optional(derTag.generalizedTime);
  const entries = fields.optional(derTag.sequence);
  const extensions = fields.optional(0xa0);
  fields.end();
  if (!algorithmNode.raw.equals(innerAlgorithm.raw)) refuse("archive_data_invalid", "A list names two algorithms.");
  if (extensions) checkExtensions(extensions);
  const algorithm = signatureAlgorithm(algorithmNode);
  const times = { thisUpdate, nextUpdate: next && timeValue(next) };
  const { hash } = algorithm;
  const authority = authorities.find(
    (one) =>
      one.subject.equals(issuerName) &&
      one.isAuthority &&
      (one.keyUsage?.has("cRLSign") ?? true) &&
      hash !== null &&
      signatureHolds(algorithm, hash, toBeSigned.raw, one.key(), signature),
  );
  if (!authority) return refuse("archive_data_invalid", "A revocation list was not signed by the authority it names.");
  return {
    statusOf(certificate, issuer, used) {
      if (!issuer.raw.equals(authority.raw) || !certificate.issuer.equals(issuerName)) return null;
      const revokedAt = entries && revocationOf(entries, certificate);
      if (revokedAt) return { revokedAt };
      return tellsOf(used, times, certificate) ? "good" : null;
    },
  };
}

function checkExtensions(wrapper: DerNode): void {
  for (const node of childrenOf(readOnly(wrapper.content), derTag.sequence)) {
    const fields = fieldsOf(node);
    const id = objectIdentifier(fields.take(derTag.objectIdentifier));
    const flag = fields.optional(derTag.boolean);
    if (flag && booleanValue(flag) && !harmless.has(id)) {
      refuse("archive_data_invalid", "A revocation list is a partial one.");
    }
  }
}

/** Entry by entry, without keeping them: a public authority's list has tens of thousands. */
function revocationOf(entries: DerNode, { serialNumber }: Certificate): Date | null {
  for (let rest = entries.content; rest.length > 0; ) {
    const entry = readFirst(rest);
    const number = readFirst(entry.content);
    if (number.tag === derTag.integer && number.content.equals(serialNumber)) {
      return timeValue(readFirst(entry.content.subarray(number.raw.length)));
    }
    rest = rest.subarray(entry.raw.length);
  }
  return null;
}
