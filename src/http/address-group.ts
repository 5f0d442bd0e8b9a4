import { isIPv6 } from "node:net";

const GROUPS = 8;
/** Of an IPv6 address, the half that is assigned to one subscriber; RFC 4291, 2.5.1. */
const NETWORK_GROUPS = 4;

/**
 * What stands for one caller who is known by address alone: an IPv4 address (also one written as IPv6, RFC 4291, 2.5.5.2),
 * or the /64 network of an IPv6 address, all of whose addresses one subscriber may use in turn.
 */
export function addressGroup(ip: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)?.[1];
  if (mapped !== undefined) return mapped;
  if (!isIPv6(ip)) return ip;
  // The URL's host is written in one way whatever way the address was written in; RFC 5952.
  const [head = "", tail] = new URL(`http://[${ip.replace(/%.*$/, "")}]/`).hostname.slice(1, -1).split("::");
  const [first, last] = [groupsOf(head), groupsOf(tail ?? "")];
  const zeros = tail === undefined ? [] : Array<string>(GROUPS - first.length - last.length).fill("0");
  return `${[...first, ...zeros, ...last].slice(0, NETWORK_GROUPS).join(":")}::/64`;
}

function groupsOf(text: string): string[] {
  return text === "" ? [] : text.split(":");
}
