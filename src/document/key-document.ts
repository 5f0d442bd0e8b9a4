import { type Static, Type } from "typebox";
import { Value } from "typebox/value";
import type { Localized } from "../domain/localized.ts";
import { fail, type Result, succeed } from "../domain/result.ts";
import { type Instant, parseInstant } from "../domain/time.ts";

const strict = { additionalProperties: false };
const Text = Type.String({ minLength: 1, maxLength: 1000 });
const period = { from: Type.Optional(Type.String()), until: Type.Optional(Type.String()) };

const FileKey = Type.Object({ kind: Type.Literal("file"), passphraseFile: Type.Optional(Text), ...period }, strict);
const Pkcs11Key = Type.Object(
  {
    kind: Type.Literal("pkcs11"),
    module: Text,
    tokenLabel: Type.Optional(Text),
    slot: Type.Optional(Type.Integer({ minimum: 0 })),
    keyLabel: Type.Optional(Text),
    keyId: Type.Optional(Type.String({ pattern: "^(?:[0-9A-Fa-f]{2})+$" })),
    pinFile: Text,
    ...period,
  },
  strict,
);
const HttpKey = Type.Object(
  {
    kind: Type.Literal("http"),
    url: Text,
    keyReference: Text,
    tokenFile: Type.Optional(Text),
    timeoutMs: Type.Optional(Type.Integer({ minimum: 100, maximum: 60_000 })),
    ...period,
  },
  strict,
);
const SCHEMAS = { file: FileKey, pkcs11: Pkcs11Key, http: HttpKey } as const;
export type KeyKind = keyof typeof SCHEMAS;

/** What stands in a `key.json`: where the private key is, and from when until when it is used. */
export type KeyDocument = { readonly from: Instant | null; readonly until: Instant | null } & (
  | Pick<Static<typeof FileKey>, "kind" | "passphraseFile">
  | Omit<Static<typeof Pkcs11Key>, "from" | "until">
  | Omit<Static<typeof HttpKey>, "from" | "until">
);

/** What a setting must be, for the sentence about one that is not. */
const EXPECTED: Readonly<Record<string, Localized>> = {
  kind: text("须为 file、pkcs11 或 http", "must be file, pkcs11 or http"),
  from: text("须为 ISO 8601 时刻，如 2026-01-01T00:00:00Z", "must be an instant such as 2026-01-01T00:00:00Z"),
  until: text("须为 ISO 8601 时刻，如 2026-01-01T00:00:00Z", "must be an instant such as 2026-01-01T00:00:00Z"),
  passphraseFile: text("须为口令文件的路径", "must be the path of the file with the passphrase"),
  module: text("须为 PKCS#11 库文件的完整路径", "must be the full path of the PKCS #11 library"),
  tokenLabel: text("须为令牌的标签", "must be the token's label"),
  slot: text("须为非负整数", "must be a whole number from 0"),
  keyLabel: text("须为令牌中私钥的标签", "must be the label of the private key in the token"),
  keyId: text("须为十六进制的私钥标识，如 01af", "must be the id of the private key in hexadecimal, such as 01af"),
  pinFile: text("须为 PIN 文件的路径", "must be the path of the file with the PIN"),
  url: text(
    "须为 https 地址（本机可用 http），且不含用户名和口令",
    "must be an https address (http for this machine only) without user and password",
  ),
  keyReference: text("须为签名服务所用的密钥标识", "must be what the signer calls the key"),
  tokenFile: text("须为令牌文件的路径", "must be the path of the file with the bearer token"),
  timeoutMs: text("须为 100 至 60000 的整数", "must be a whole number from 100 to 60000"),
};

/** Reads a `key.json`. The fault is one sentence that names the setting and what it must be. */
export function parseKeyDocument(json: string): Result<KeyDocument, Localized> {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return fail(text(`key.json 不是有效的 JSON：${reason}`, `key.json is no JSON: ${reason}`));
  }
  const kind = value !== null && typeof value === "object" && "kind" in value ? value.kind : null;
  switch (kind) {
    case "file":
      return Value.Check(FileKey, value) ? withPeriod(value) : fail(firstFault(FileKey, value));
    case "pkcs11":
      return Value.Check(Pkcs11Key, value) ? checkPkcs11(value) : fail(firstFault(Pkcs11Key, value));
    case "http":
      return Value.Check(HttpKey, value) ? checkHttp(value) : fail(firstFault(HttpKey, value));
    default:
      return fail(wrong("kind"));
  }
}

function checkPkcs11(document: Static<typeof Pkcs11Key>): Result<KeyDocument, Localized> {
  const { tokenLabel, slot, keyLabel, keyId } = document;
  if ((tokenLabel === undefined) === (slot === undefined)) {
    return fail(text("key.json 须在 tokenLabel 与 slot 中择一填写", "key.json needs either tokenLabel or slot"));
  }
  if (keyLabel === undefined && keyId === undefined) {
    return fail(text("key.json 缺少 keyLabel 或 keyId", "key.json needs keyLabel or keyId"));
  }
  return withPeriod(document);
}

function checkHttp(document: Static<typeof HttpKey>): Result<KeyDocument, Localized> {
  return isSignerAddress(document.url) ? withPeriod(document) : fail(wrong("url"));
}

const LOOPBACK = new Set(["127.0.0.1", "[::1]", "localhost"]);

/** A token must not cross a network in the clear, nor be replaced by a password in the address. */
function isSignerAddress(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname, username, password } = new URL(address);
  if (username !== "" || password !== "") return false;
  return protocol === "https:" || (protocol === "http:" && LOOPBACK.has(hostname));
}

function withPeriod<Document extends { readonly from?: string; readonly until?: string }>(
  document: Document,
): Result<Omit<Document, "from" | "until"> & { from: Instant | null; until: Instant | null }, Localized> {
  const from = document.from === undefined ? null : parseInstant(document.from);
  const until = document.until === undefined ? null : parseInstant(document.until);
  if (document.from !== undefined && from === null) return fail(wrong("from"));
  if (document.until !== undefined && until === null) return fail(wrong("until"));
  if (from !== null && until !== null && until <= from) {
    return fail(text("key.json 中 until 须晚于 from", "until in key.json must be later than from"));
  }
  return succeed({ ...document, from, until });
}

function firstFault(schema: (typeof SCHEMAS)[KeyKind], value: unknown): Localized {
  const [first] = Value.Errors(schema, value);
  const unknown = Object.keys(value ?? {}).find((name) => !Object.hasOwn(schema.properties, name));
  if (unknown !== undefined) {
    const settings = Object.keys(schema.properties).join(", ");
    return text(
      `key.json 中的 ${unknown} 不是该类密钥的设置；可用的设置为 ${settings}`,
      `${unknown} is no setting of this kind of key; its settings in key.json are ${settings}`,
    );
  }
  if (first?.keyword === "required") return wrong(first.params.requiredProperties[0] ?? "kind");
  return wrong(first?.instancePath.slice(1) ?? "kind");
}

function wrong(setting: string): Localized {
  const expected = EXPECTED[setting] ?? text("有误", "is wrong");
  return text(`key.json 中的 ${setting} ${expected["zh-CN"]}`, `${setting} in key.json ${expected.en}`);
}

function text(zh: string, en: string): Localized {
  return { "zh-CN": zh, en };
}
