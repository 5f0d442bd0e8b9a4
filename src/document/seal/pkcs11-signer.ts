import { ecdsaSigValue } from "./ecdsa-signature.ts";
import { Pkcs11Error, type Pkcs11Session } from "./pkcs11-binding.ts";
import { CKR, type KeyAttributes, openPkcs11Module, type Pkcs11Module } from "./pkcs11-module.ts";
import type { DigestSigner } from "./remote-seal-key.ts";
import type { SealAlgorithm } from "./seal-key.ts";
import { keyFault } from "./seal-key-fault.ts";

export interface Pkcs11Options {
  /** The vendor's library. */
  readonly module: string;
  /** The token by its label, or the slot that it is in. */
  readonly token: { readonly label: string } | { readonly slot: number };
  readonly key: KeyAttributes;
  readonly pin: string;
  readonly algorithm: SealAlgorithm;
}

const CKM_RSA_PKCS = 0x01;
const CKM_ECDSA = 0x1041;
/** DigestInfo of SHA-256 up to the digest (RFC 8017, 9.2, note 1); CKM_RSA_PKCS pads what it is given and no more. */
const SHA256_DIGEST_INFO = Buffer.from("3031300d060960864801650304020105000420", "hex");

/** A wrong PIN is never sent twice: after a few the token locks itself. */
const PIN_REFUSED: ReadonlySet<number> = new Set([
  CKR.pinIncorrect,
  CKR.pinInvalid,
  CKR.pinLenRange,
  CKR.pinExpired,
  CKR.pinLocked,
  CKR.userPinNotInitialized,
]);

export interface Pkcs11Signer extends DigestSigner {
  /** Gives its session back: tokens have few. It opens another one when it is asked to sign again. */
  close(): Promise<void>;
}

interface OpenKey {
  readonly module: Pkcs11Module;
  readonly session: Pkcs11Session;
  readonly handle: number;
}

/**
 * A key in a hardware module (PKCS #11). Signatures are made one after the other in one session that stays open. Where
 * signing fails, the session is opened anew, and where that fails too, the module is started anew: SoftHSM knows a token
 * again that was pulled out and put back only then. Throws a SealKeyFault naming the token and the way out.
 */
export function pkcs11Signer(options: Pkcs11Options): Pkcs11Signer {
  let open: OpenKey | null = null;
  let pinRefusal: unknown = null;
  let last: Promise<unknown> = Promise.resolve();

  const signAnew = async (digest: Uint8Array): Promise<Uint8Array> => {
    open = await openKey(options);
    return signWith(open, options.algorithm, digest);
  };
  const sign = async (digest: Uint8Array): Promise<Uint8Array> => {
    if (pinRefusal !== null) throw pinRefusal;
    if (open !== null) {
      const { module, session } = open;
      try {
        return await signWith(open, options.algorithm, digest);
      } catch (error) {
        if (!(error instanceof Pkcs11Error)) throw error;
        open = null;
        // Gone already, as a rule.
        await module.closeSession(session).catch(() => undefined);
      }
    }
    try {
      return await signAnew(digest);
    } catch (error) {
      if (!(error instanceof Pkcs11Error) || PIN_REFUSED.has(error.code)) throw error;
      await (await openPkcs11Module(options.module)).restart();
      return signAnew(digest);
    }
  };
  return {
    name: {
      "zh-CN": `PKCS#11 令牌（${tokenName(options)}）`,
      en: `the PKCS #11 token ${tokenName(options)}`,
    },
    signDigest(digest) {
      // A session does one thing at a time.
      const signed = last
        .then(() => sign(digest))
        .catch((error: unknown) => {
          const fault = faultOf(error, options);
          if (error instanceof Pkcs11Error && PIN_REFUSED.has(error.code)) pinRefusal = fault;
          throw fault;
        });
      last = signed.catch(() => undefined);
      return signed;
    },
    async close() {
      await last;
      const closing = open;
      open = null;
      await closing?.module.closeSession(closing.session).catch(() => undefined);
    },
  };
}

async function openKey(options: Pkcs11Options): Promise<OpenKey> {
  const module = await openPkcs11Module(options.module);
  const { token } = options;
  const slot = "slot" in token ? token.slot : await module.slotOf(token.label);
  const session = await module.openSession(slot);
  try {
    await module.login(session, options.pin);
    const [handle, second] = await module.findPrivateKeys(session, options.key);
    if (handle === undefined || second !== undefined) throw notOneKey(options, handle === undefined);
    return { module, session, handle };
  } catch (error) {
    await module.closeSession(session).catch(() => undefined);
    throw error;
  }
}

async function signWith({ module, session, handle }: OpenKey, algorithm: SealAlgorithm, digest: Uint8Array) {
  switch (algorithm) {
    case "ecdsa-p256-sha256":
      return ecdsaSigValue(await module.sign(session, CKM_ECDSA, handle, digest));
    case "rsa-sha256":
      return module.sign(session, CKM_RSA_PKCS, handle, Buffer.concat([SHA256_DIGEST_INFO, digest]));
  }
}

function notOneKey({ key }: Pkcs11Options, isMissing: boolean): Error {
  const wanted = [
    ...(key.label === null ? [] : [`label "${key.label}"`]),
    ...(key.id === null ? [] : [`id ${Buffer.from(key.id).toString("hex")}`]),
  ].join(", ");
  return isMissing
    ? keyFault(
        `PKCS#11 令牌中没有私钥（${wanted}）；请更正 key.json 中的 keyLabel 或 keyId。`,
        `The PKCS #11 token has no private key with ${wanted}; correct keyLabel or keyId in key.json.`,
      )
    : keyFault(
        `PKCS#11 令牌中有多个私钥符合（${wanted}）；请在 key.json 中以 keyId 指明其中一个。`,
        `The PKCS #11 token has several private keys with ${wanted}; say which by keyId in key.json.`,
      );
}

function faultOf(error: unknown, options: Pkcs11Options): unknown {
  if (!(error instanceof Pkcs11Error)) return error;
  const name = tokenName(options);
  if (PIN_REFUSED.has(error.code)) {
    return keyFault(
      `PKCS#11 令牌（${name}）不接受 pinFile 中的 PIN（${error.message}）；请更正后保存，更正前不会再次尝试，以免锁定令牌。`,
      `The PKCS #11 token ${name} does not take the PIN of pinFile (${error.message}); correct the file. It is not tried again before, so that the token does not lock itself.`,
      { cause: error, mayBeTriedAgain: false },
    );
  }
  if (error.code === CKR.tokenNotPresent) {
    return keyFault(
      `未找到 PKCS#11 令牌（${name}）；请接好令牌，或更正 key.json 中的 tokenLabel、slot。`,
      `There is no PKCS #11 token ${name}; put it in, or correct tokenLabel or slot in key.json.`,
      { cause: error },
    );
  }
  return keyFault(
    `PKCS#11 令牌（${name}）无法签名（${error.message}）；请检查令牌是否接好、其服务是否运行。`,
    `The PKCS #11 token ${name} cannot sign (${error.message}); see that it is in place and that its service runs.`,
    { cause: error },
  );
}

function tokenName({ token }: Pkcs11Options): string {
  return "slot" in token ? `slot ${token.slot}` : `"${token.label}"`;
}
