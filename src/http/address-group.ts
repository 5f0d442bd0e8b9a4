import { isIPv6 } from "node:net";

const GROUPS = 8;
/** Of an IPv6 address, the half that is assigned to one subscriber; RFC 4291, 2.5.1. */
const NETWORK_GROUPS = 4;
/** What stands before an IPv4 address that is written as IPv6: mapped (RFC 4291, 2.5.5.2), or translated (RFC 6052, 2.1). */
const BEFORE_IPV4 = ["0:0:0:0:0:ffff", "64:ff9b:0:0:0:0"];

/**
 * What stands for one caller who is known by address alone: an IPv4 address, however it is written, or the /64 network of an IPv6
 * address, all of whose addresses one subscriber may use in turn.
 */
export function addressGroup(ip: string): string {
  if (!isIPv6(ip)) return ip;
  const groups = groupsOf(ip);
  const [high, low] = groups.slice(6).map((group) => Number.parseInt(group, 16));
  if (BEFORE_IPV4.includes(groups.slice(0, 6).join(":")) && high !== undefined && low !== undefined) {
    return [high >> 8, high & 255, low >> 8, low & 255].join(".");
  }
  return `${groups.slice(0, NETWORK_GROUPS).join(":")}::/64`;
}

/** All eight, without leading zeros. A URL's host is written in one way whatever way the address was written in; RFC 5952. */
function groupsOf(ip: string): readonly string[] {
  const [head = "", tail] = new URL(`http://[${ip.replace(/%.*$/, "")}]/`).hostname.slice(1, -1).split("::");
  const [first, last] = [head, tail ?? ""].map((part) => (part === "" ? [] : part.split(":")));
  if (!first || !last || tail === undefined) return first ?? [];
  return [...first, ...Array<string>(GROUPS - first.length - last.length).fill("0"), ...last];
}
