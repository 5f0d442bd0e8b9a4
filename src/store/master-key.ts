import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import { link, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { SecretBox } from "../application/secret-box.ts";

/**
 * The one secret that is not in the database: whoever has the database and not this reads no evidence of identities, no
 * tokens of the identity provider, and cannot write an audit that would be believed. Keys for each purpose are derived
 * from it (RFC 5869, HKDF-SHA256).
 */
export interface MasterKey {
  /** Names the key without telling it: 16 hexadecimal digits. */
  readonly id: string;
  /** Every key that is known by its id, the current one first: what was made under a former one stays readable. */
  derive(purpose: string): ReadonlyMap<string, Buffer>;
  box(purpose: string): SecretBox;
}

const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const ID_BYTES = 8;
const FORMAT = 1;

/** `given` comes from the environment, as `readMasterKeys` reads it; without it, a file in `home` is read or made. */
export async function openMasterKey(home: string, given: readonly Buffer[]): Promise<MasterKey> {
  return masterKeyOf(given.length > 0 ? given : [await keyInFile(join(home, "master.key"))]);
}

/** "current,former,…": 32 bytes each, in base64. Null when one is not. */
export function readMasterKeys(text: string): readonly Buffer[] | null {
  const keys = text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "")
    .map((part) => (/^[A-Za-z0-9+/_-]{43}=?$/.test(part) ? Buffer.from(part, "base64") : null));
  return keys.every((key) => key?.length === KEY_BYTES) ? (keys as Buffer[]) : null;
}

export function masterKeyOf(keys: readonly Buffer[]): MasterKey {
  const derive = (purpose: string) =>
    new Map(keys.map((key) => [hkdf(key, "id", ID_BYTES).toString("hex"), hkdf(key, purpose, KEY_BYTES)]));
  const [id] = derive("id").keys();
  if (id === undefined) throw new Error("there is no master key");
  return { id, derive, box: (purpose) => secretBox(id, derive(purpose)) };
}

function hkdf(key: Buffer, purpose: string, bytes: number): Buffer {
  return Buffer.from(hkdfSync("sha256", key, "", `orderseal ${purpose}`, bytes));
}

/** AES-256-GCM: a byte that names the format, the key's id, a random nonce, the ciphertext, the tag. */
function secretBox(current: string, keys: ReadonlyMap<string, Buffer>): SecretBox {
  return {
    lock(secret, belongsTo) {
      const nonce = randomBytes(NONCE_BYTES);
      const head = Buffer.concat([Buffer.of(FORMAT), Buffer.from(current, "hex"), nonce]);
      const cipher = createCipheriv("aes-256-gcm", keyOf(keys, current), nonce);
      cipher.setAAD(Buffer.concat([head, Buffer.from(belongsTo)]));
      return Buffer.concat([head, cipher.update(secret), cipher.final(), cipher.getAuthTag()]);
    },
    open(locked, belongsTo) {
      const bytes = Buffer.from(locked);
      const headEnd = 1 + ID_BYTES + NONCE_BYTES;
      const key = keys.get(bytes.subarray(1, 1 + ID_BYTES).toString("hex"));
      if (bytes[0] !== FORMAT || key === undefined || bytes.length < headEnd + TAG_BYTES) return null;
      const head = bytes.subarray(0, headEnd);
      const decipher = createDecipheriv("aes-256-gcm", key, head.subarray(1 + ID_BYTES), { authTagLength: TAG_BYTES });
      decipher.setAAD(Buffer.concat([head, Buffer.from(belongsTo)]));
      decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
      try {
        return Buffer.concat([decipher.update(bytes.subarray(headEnd, -TAG_BYTES)), decipher.final()]);
      } catch {
        return null;
      }
    },
  };
}

function keyOf(keys: ReadonlyMap<string, Buffer>, id: string): Buffer {
  const key = keys.get(id);
  if (!key) throw new Error(`master key ${id} is not at hand`);
  return key;
}

/** Made whole before it has its name, so that two that start at once have the same one. */
async function keyInFile(path: string): Promise<Buffer> {
  const there = await readKeyFile(path);
  if (there) return there;
  const scratch = await mkdtemp(`${path}-`);
  try {
    const made = join(scratch, "key");
    await writeFile(made, `${randomBytes(KEY_BYTES).toString("base64")}\n`, { mode: 0o600, flush: true });
    await link(made, path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") throw error;
    });
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
  const made = await readKeyFile(path);
  if (!made) throw new Error(`${path} was made and is not there`);
  return made;
}

async function readKeyFile(path: string): Promise<Buffer | null> {
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw error;
  });
  if (text === null) return null;
  const [key] = readMasterKeys(text) ?? [];
  if (!key) throw new Error(`${path} holds no master key (32 bytes in base64); put back the file as it was.`);
  return key;
}
