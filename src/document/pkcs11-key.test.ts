import { generateKeyPairSync } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test, vi } from "vitest";
import { judgesTest, judgeTest, type RunJudge } from "../../tests/judges.ts";
import { instantOf } from "../domain/time.ts";
import { type KeyDirectory, makeKeyDirectory, SELLER } from "./key-folder.fixture.ts";
import { openKeyRing } from "./key-ring.ts";
import { openPkcs11Module } from "./seal/pkcs11-module.ts";
import { generateSealKeyPair, NEW_KEY_TYPES, type NewKeyType } from "./seal/seal-key-pair.ts";
import { SEALED_AT, sealInput, sealOrThrow } from "./seal/sealed-sample.fixture.ts";
import { verdictsOf } from "./seal/sealed-verdict.fixture.ts";
import { openSoftToken, type SoftToken } from "./seal/soft-token.fixture.ts";

const AT = instantOf(SEALED_AT.getTime());
const directory = makeKeyDirectory();
let opened: SoftToken | null = null;
afterAll(() => {
  opened?.remove();
  directory.remove();
});

function tokenOf(softhsm: RunJudge): SoftToken {
  opened ??= openSoftToken(softhsm);
  return opened;
}

function document({ module, label }: SoftToken, key: object): object {
  return { kind: "pkcs11", module, tokenLabel: label, pinFile: "pin", ...key };
}

/** A key in the token and its folder in the directory. */
function putTokenKey(token: SoftToken, into: KeyDirectory, name: string, id: string, type: NewKeyType = "p256"): void {
  const { privateKey, publicKey } = generateSealKeyPair(type);
  token.hold(privateKey, name, id);
  into.put(name, {
    "key.json": document(token, { keyId: id }),
    pin: `${token.pin}\n`,
    "certificate.pem": into.certificates(publicKey),
  });
}

async function faultOf(name: string): Promise<string | undefined> {
  const keys = await openKeyRing(directory.path).keys(SELLER, AT);
  return keys.find((key) => key.name === name)?.fault?.en;
}

describe.each(NEW_KEY_TYPES)("a %s key in a PKCS #11 token", (type) => {
  judgesTest(["softhsm2-util", "pdfsig", "openssl"], "seals a contract that others accept", async (run) => {
    const own = makeKeyDirectory();
    try {
      putTokenKey(tokenOf(run("softhsm2-util")), own, `contract-${type}`, `0${NEW_KEY_TYPES.indexOf(type)}`, type);
      const key = await openKeyRing(own.path).key(SELLER, AT);
      const sealed = await sealOrThrow(sealInput(key));
      const judges = { pdfsig: run("pdfsig"), openssl: run("openssl") };
      const verdicts = verdictsOf(sealed, own.authority.root.certificatePem, judges);
      expect(verdicts.pdfsig).toContain("Signature Validation: Signature is Valid.");
      expect(verdicts.openssl.output).toContain("CAdES Verification successful");
      expect(verdicts.openssl.exitCode).toBe(0);
    } finally {
      own.remove();
    }
  });
});

describe("a PKCS #11 token", () => {
  judgeTest("softhsm2-util", "that is pulled out and put back signs again without a restart", async (softhsm) => {
    const token = tokenOf(softhsm);
    const own = makeKeyDirectory();
    try {
      putTokenKey(token, own, "pulled", "10");
      const key = await openKeyRing(own.path).key(SELLER, AT);
      const message = Buffer.from("a contract");
      await key.sign(message);
      token.pullOut();
      await expect(key.sign(message)).rejects.toThrow(/PKCS #11 token "seller"/);
      token.putBack();
      // Whatever the pulling left of the session, the next signature is good: remoteSealKey has verified it.
      expect((await key.sign(message)).length).toBeGreaterThan(60);
    } finally {
      own.remove();
    }
  });

  judgeTest("softhsm2-util", "whose session was closed behind our back is opened anew", async (softhsm) => {
    const token = tokenOf(softhsm);
    const own = makeKeyDirectory();
    try {
      putTokenKey(token, own, "closed", "11");
      const key = await openKeyRing(own.path).key(SELLER, AT);
      const module = await openPkcs11Module(token.module);
      const { handle, generation } = await module.openSession(await module.slotOf(token.label));
      // Handles are given in order, so that these are all sessions there are.
      for (let other = 1; other <= handle; other++) {
        await module.closeSession({ handle: other, generation }).catch(() => undefined);
      }
      expect((await key.sign(Buffer.from("a contract"))).length).toBeGreaterThan(60);
      // Another key whose token was away has the module started anew, which ends our session too.
      await module.restart();
      expect((await key.sign(Buffer.from("another"))).length).toBeGreaterThan(60);
    } finally {
      own.remove();
    }
  });

  judgeTest("softhsm2-util", "lets the event loop go on while it signs", async (softhsm) => {
    const own = makeKeyDirectory();
    try {
      putTokenKey(tokenOf(softhsm), own, "loop", "15", "rsa2048");
      const key = await openKeyRing(own.path).key(SELLER, AT);
      const signed = key.sign(Buffer.from("a contract"));
      let turns = 0;
      let isOver = false;
      void signed.then(() => {
        isOver = true;
      });
      while (!isOver) {
        await new Promise((resolve) => setImmediate(resolve));
        turns++;
      }
      // Were the token called on this thread, all would be over before the loop turns once.
      expect(turns).toBeGreaterThan(1);
    } finally {
      own.remove();
    }
  });

  judgeTest("softhsm2-util", "signs for many at once, one after the other", async (softhsm) => {
    const own = makeKeyDirectory();
    try {
      putTokenKey(tokenOf(softhsm), own, "many", "12");
      const key = await openKeyRing(own.path).key(SELLER, AT);
      const signed = await Promise.all(Array.from({ length: 20 }, (_, index) => key.sign(Buffer.from(`${index}`))));
      expect(new Set(signed.map((signature) => Buffer.from(signature).toString("hex"))).size).toBe(20);
    } finally {
      own.remove();
    }
  });
});

describe("what is wrong with a PKCS #11 key is said in one sentence", () => {
  judgeTest(
    "softhsm2-util",
    "a wrong PIN is sent once, and not again before the file is corrected",
    async (softhsm) => {
      const token = tokenOf(softhsm);
      const own = makeKeyDirectory();
      try {
        putTokenKey(token, own, "pin", "13");
        own.put("pin", { pin: "000000\n" });
        // Closes what other tests have left open: a token that somebody is logged in to takes any PIN.
        const module = await openPkcs11Module(token.module);
        await module.restart();
        const ring = openKeyRing(own.path, { freshForMs: 0 });
        const [refused] = await ring.keys(SELLER, AT);
        expect(refused?.fault?.en).toMatch(
          /does not take the PIN of pinFile \(C_Login answered 0xa0\).*not tried again/,
        );
        expect(refused?.fault?.["zh-CN"]).toMatch(/不接受 pinFile 中的 PIN/);
        expect(refused?.mayBeTriedAgain).toBe(false);
        // Nor because a root was put there, which makes the ring look at other keys anew.
        writeFileSync(join(own.path, "roots", "another.pem"), directory.authority.root.certificatePem);
        expect((await ring.keys(SELLER, AT))[0]).toBe(refused);
        own.put("pin", { pin: token.pin });
        expect(await ring.hasKey(SELLER, AT)).toBe(true);
      } finally {
        own.remove();
      }
    },
  );

  judgeTest("softhsm2-util", "a key or a token that is not there", async (softhsm) => {
    const token = tokenOf(softhsm);
    const { publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const files = { pin: token.pin, "certificate.pem": directory.certificates(publicKey) };
    directory.put("no-key", { ...files, "key.json": document(token, { keyLabel: "nobody" }) });
    directory.put("no-token", { ...files, "key.json": { ...document(token, { keyId: "01" }), tokenLabel: "gone" } });
    expect(await faultOf("no-key")).toBe(
      'The PKCS #11 token has no private key with label "nobody"; correct keyLabel or keyId in key.json.',
    );
    expect(await faultOf("no-token")).toBe(
      'There is no PKCS #11 token "gone"; put it in, or correct tokenLabel or slot in key.json.',
    );
  });

  judgeTest("softhsm2-util", "a certificate of another key", async (softhsm) => {
    const token = tokenOf(softhsm);
    putTokenKey(token, directory, "other", "14");
    const { publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    directory.put("other", { "certificate.pem": directory.certificates(publicKey) });
    const module = await openPkcs11Module(token.module);
    await module.restart();
    expect(await faultOf("other")).toMatch(/What the PKCS #11 token "seller" signed does not verify/);
    // It is tried again and again, and tokens have few sessions: handles are given in order, and none before ours is open.
    const { handle, generation } = await module.openSession(await module.slotOf(token.label));
    for (let other = 1; other < handle; other++) {
      await expect(module.closeSession({ handle: other, generation })).rejects.toThrow(/C_CloseSession answered 0xb3/);
    }
  });

  test("without the optional package koffi, which every other kind of key does without", async () => {
    vi.doMock("koffi", () => {
      throw new Error("Cannot find package 'koffi'");
    });
    try {
      const { publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
      directory.put("no-koffi", {
        "key.json": { kind: "pkcs11", module: "/nowhere/else.so", slot: 0, keyId: "01", pinFile: "pin" },
        pin: "1",
        "certificate.pem": directory.certificates(publicKey),
      });
      expect(await faultOf("no-koffi")).toBe(
        "A PKCS #11 key needs the optional package koffi, which is not installed; run npm ci without --omit=optional.",
      );
    } finally {
      vi.doUnmock("koffi");
    }
  });

  test("a module that cannot be loaded", async () => {
    const { publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    directory.put("no-module", {
      "key.json": { kind: "pkcs11", module: "/nowhere/lib.so", slot: 0, keyId: "01", pinFile: "pin" },
      pin: "1",
      "certificate.pem": directory.certificates(publicKey),
    });
    expect(await faultOf("no-module")).toMatch(/^The PKCS #11 module \/nowhere\/lib.so cannot be loaded \(.*\); name/);
  });
});
