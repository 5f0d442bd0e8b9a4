/**
 * The instant of a PDF date string `D:YYYYMMDDHHmmSSOHH'mm'` (ISO 32000-2 §7.9.4), or null when it is not one with
 * seconds and an offset: a time without a zone is no instant.
 */
export function parsePdfTime(text: string): Date | null {
  const found = /^D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:Z(?:00'?00'?)?|([+-]\d\d)'(\d\d)'?)$/.exec(text);
  if (!found) return null;
  const [, year, month, day, hour, minute, second, offsetHours = "+00", offsetMinutes = "00"] = found;
  const local = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
  // Date rolls 31 February over into March; the round trip refuses it.
  const asUtc = new Date(`${local}Z`);
  if (Number.isNaN(asUtc.getTime()) || !asUtc.toISOString().startsWith(local)) return null;
  const instant = new Date(`${local}${offsetHours}:${offsetMinutes}`);
  return Number.isNaN(instant.getTime()) ? null : instant;
}
