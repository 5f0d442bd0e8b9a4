import { lookup, Resolver } from "node:dns/promises";
import type { HostResolver, NetworkAddress } from "./webhook-addresses.ts";

const TIMEOUT_MS = 2_000;
const TRIES = 2;
/** There is no such name, or it has no address of this kind. */
const NEGATIVE = new Set(["ENOTFOUND", "ENODATA"]);

/**
 * Asks the name servers of this machine, and the operating system for what they do not know (the hosts file) and for
 * names of one word, which belong to the own network. Not the system for all: its look-ups cannot be cut short, and Node
 * makes two of them at a time, so that two names whose servers hang would hold up every other.
 */
export const systemResolver: HostResolver = async (host) => {
  if (!host.includes(".") || host.endsWith(".localhost")) return askSystem(host);
  const resolver = new Resolver({ timeout: TIMEOUT_MS, tries: TRIES });
  const answers = await Promise.allSettled([
    resolver.resolve4(host).then((found) => found.map((address) => ({ address, family: 4 }) as const)),
    resolver.resolve6(host).then((found) => found.map((address) => ({ address, family: 6 }) as const)),
  ]);
  const found = answers.flatMap((answer): readonly NetworkAddress[] =>
    answer.status === "fulfilled" ? answer.value : [],
  );
  if (found.length > 0) return found;
  for (const answer of answers) if (answer.status === "rejected" && !isNegative(answer.reason)) throw answer.reason;
  return askSystem(host);
};

async function askSystem(host: string): Promise<readonly NetworkAddress[]> {
  const found = await lookup(host, { all: true });
  return found.map(({ address, family }) => ({ address, family: family === 6 ? 6 : 4 }));
}

function isNegative(error: unknown): boolean {
  return error instanceof Error && "code" in error && typeof error.code === "string" && NEGATIVE.has(error.code);
}
