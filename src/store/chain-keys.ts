import { createHmac, sign, timingSafeEqual, verify } from "node:crypto";
import type { ChainKeys, KeyVerdict } from "../application/chain-keys.ts";
import { ed25519OfSeed } from "./ed25519-of-seed.ts";
import type { MasterKey } from "./master-key.ts";

/** Both derived from the master key: Ed25519 for batches, HMAC-SHA-256 for entries. */
export function openChainKeys(master: MasterKey): ChainKeys {
  const signing = new Map([...master.derive("audit chain")].map(([id, seed]) => [id, ed25519OfSeed(seed)]));
  const codes = master.derive("audit entries");
  const { id } = master;
  const current = { pair: signing.get(id), code: codes.get(id) };
  if (current.pair === undefined || current.code === undefined) throw new Error("the master key derives no keys");
  const { pair, code } = { pair: current.pair, code: current.code };
  return {
    id,
    sign: (body) => sign(null, body, pair.privateKey),
    code: (body) => codeOf(code, body),
    verify: (key, body, signature) => {
      const known = signing.get(key);
      return known ? verdict(verify(null, body, known.publicKey, signature)) : "unknown_key";
    },
    verifyCode: (key, body, given) => {
      const known = codes.get(key);
      if (!known) return "unknown_key";
      const expected = codeOf(known, body);
      return verdict(expected.length === given.length && timingSafeEqual(expected, given));
    },
  };
}

function codeOf(key: Buffer, body: Buffer): Buffer {
  return createHmac("sha256", key).update(body).digest();
}

function verdict(isOurs: boolean): KeyVerdict {
  return isOurs ? "ours" : "not_ours";
}
