import { isIP } from "node:net";
import { fail, type Result, succeed } from "../../domain/result.ts";

/** A range of addresses in CIDR notation, split. */
export interface Network {
  readonly address: string;
  readonly prefix: number;
}

/** Reads "10.1.0.0/16, fd00::/8"; nothing is no network. The fault is the first part that is none. */
export function readNetworks(text: string): Result<readonly Network[], string> {
  const networks: Network[] = [];
  for (const part of text.split(",").map((each) => each.trim())) {
    if (part === "" && text.trim() === "") continue;
    const network = readNetwork(part);
    if (!network) return fail(part.slice(0, 80));
    networks.push(network);
  }
  return succeed(networks);
}

function readNetwork(text: string): Network | null {
  const [, address = "", digits = ""] = /^([0-9A-Fa-f.:]+)\/(\d{1,3})$/.exec(text) ?? [];
  const version = isIP(address);
  const prefix = Number(digits);
  return version !== 0 && prefix <= (version === 6 ? 128 : 32) ? { address, prefix } : null;
}
