import { BlockList, isIP } from "node:net";
import { fail, type Result, succeed } from "../../domain/result.ts";
import type { Network } from "./network.ts";

/** An address that a socket may be connected to. */
export interface NetworkAddress {
  readonly address: string;
  readonly family: 4 | 6;
}

/** Names to addresses: all of them, as the operating system knows them. Throws when the name has none. */
export type HostResolver = (host: string) => Promise<readonly NetworkAddress[]>;

/**
 * The addresses of a host, or why nothing is sent there. The name is resolved once, by us, and whoever connects does so
 * to what is answered here and asks nobody again: a name that points elsewhere a moment later (DNS rebinding) gains
 * nothing. One address that may not be reached condemns the name, since it is not ours to choose among them.
 */
export async function findAddresses(
  url: URL,
  { resolve, networks }: { readonly resolve: HostResolver; readonly networks: readonly Network[] },
): Promise<Result<readonly NetworkAddress[], "unresolvable" | "address_refused" | "plain_http">> {
  // RFC 3986, section 3.2.2: an IPv6 address stands in brackets.
  const host = url.hostname.replace(/^\[(.*)\]$/, "$1");
  const version = isIP(host);
  const found: readonly NetworkAddress[] | null =
    version === 0 ? await resolve(host).catch(() => null) : [{ address: host, family: version === 6 ? 6 : 4 }];
  if (found === null || found.length === 0) return fail("unresolvable");
  const allowed = blockListOf(networks);
  const isAllowed = (address: NetworkAddress) => contains(allowed, address);
  if (!found.every((address) => isAllowed(address) || isPublic(address))) return fail("address_refused");
  // Without TLS anybody on the way reads the events; inside a network that the operator named that is the operator's choice.
  if (url.protocol === "http:" && !found.every(isAllowed)) return fail("plain_http");
  return succeed(found);
}

/** Whether the address is one of the public internet, where no service of the own network can be. */
function isPublic(address: NetworkAddress): boolean {
  if (address.family === 4) return !contains(SPECIAL_IPV4, address);
  return contains(GLOBAL_IPV6, address) && !contains(SPECIAL_IPV6, address);
}

function contains(list: BlockList, { address, family }: NetworkAddress): boolean {
  // A resolver may name the interface ("fe80::1%eth0"), which the list does not know.
  return list.check(address.replace(/%.*$/, ""), family === 4 ? "ipv4" : "ipv6");
}

function blockListOf(networks: readonly Network[]): BlockList {
  const list = new BlockList();
  for (const { address, prefix } of networks) list.addSubnet(address, prefix, isIP(address) === 6 ? "ipv6" : "ipv4");
  return list;
}

/** IANA IPv4 Special-Purpose Address Registry, with multicast and the reserved class E; broadcast is in the last. */
const SPECIAL_IPV4 = blockListOf([
  { address: "0.0.0.0", prefix: 8 }, // this network
  { address: "10.0.0.0", prefix: 8 }, // private
  { address: "100.64.0.0", prefix: 10 }, // shared by carriers (CGNAT)
  { address: "127.0.0.0", prefix: 8 }, // loopback
  { address: "169.254.0.0", prefix: 16 }, // link-local; 169.254.169.254 is the metadata service of clouds
  { address: "172.16.0.0", prefix: 12 }, // private
  { address: "192.0.0.0", prefix: 24 }, // protocol assignments
  { address: "192.0.2.0", prefix: 24 }, // documentation
  { address: "192.31.196.0", prefix: 24 }, // AS112
  { address: "192.52.193.0", prefix: 24 }, // AMT
  { address: "192.88.99.0", prefix: 24 }, // 6to4 relays
  { address: "192.168.0.0", prefix: 16 }, // private
  { address: "192.175.48.0", prefix: 24 }, // AS112
  { address: "198.18.0.0", prefix: 15 }, // benchmarks
  { address: "198.51.100.0", prefix: 24 }, // documentation
  { address: "203.0.113.0", prefix: 24 }, // documentation
  { address: "224.0.0.0", prefix: 4 }, // multicast
  { address: "240.0.0.0", prefix: 4 }, // reserved, broadcast
]);

/**
 * The only global unicast addresses there are (RFC 4291, section 2.4, and IANA's registry). So loopback, link-local, unique local,
 * multicast, IPv4-mapped (::ffff:0:0/96) and NAT64 (64:ff9b::/96, 64:ff9b:1::/48) are outside already.
 */
const GLOBAL_IPV6 = blockListOf([{ address: "2000::", prefix: 3 }]);
const SPECIAL_IPV6 = blockListOf([
  { address: "2001::", prefix: 23 }, // protocol assignments, with Teredo, benchmarks and ORCHID
  { address: "2001:db8::", prefix: 32 }, // documentation
  { address: "2002::", prefix: 16 }, // 6to4 leads to any IPv4 address
  { address: "2620:4f:8000::", prefix: 48 }, // AS112
  { address: "3fff::", prefix: 20 }, // documentation
]);
