import { constants, type KeyObject, privateEncrypt } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { judgesTest, type RunJudge } from "../../tests/judges.ts";
import { instantOf } from "../domain/time.ts";
import { fileKey, makeKeyDirectory, SELLER } from "./key-folder.fixture.ts";
import { openKeyRing } from "./key-ring.ts";
import { generateSealKeyPair, NEW_KEY_TYPES } from "./seal/seal-key-pair.ts";
import { SEALED_AT, sealInput, sealOrThrow } from "./seal/sealed-sample.fixture.ts";
import { verdictsOf } from "./seal/sealed-verdict.fixture.ts";

const AT = instantOf(SEALED_AT.getTime());
const directory = makeKeyDirectory();
const rsa = generateSealKeyPair("rsa2048");

interface Asked {
  readonly authorization: string | undefined;
  readonly body: { readonly algorithm: string; readonly digest: string; readonly keyReference: string };
}

/** A signer as somebody would write one before a cloud's key service. */
let asked: Asked[] = [];
let answer: (asked: Asked, response: ServerResponse) => void;
const signer = createServer(async (request: IncomingMessage, response) => {
  const seen = { authorization: request.headers.authorization, body: JSON.parse(await text(request)) };
  asked.push(seen);
  answer(seen, response);
});
let url = "";
beforeAll(async () => {
  await new Promise<void>((resolve) => signer.listen(0, "127.0.0.1", resolve));
  const { port } = signer.address() as AddressInfo;
  url = `http://127.0.0.1:${port}/sign`;
});
beforeEach(() => {
  asked = [];
  answer = (seen, response) => reply(response, { signature: signRsa(rsa.privateKey, seen.body.digest) });
});
afterAll(() => {
  signer.closeAllConnections();
  signer.close();
  directory.remove();
});

function reply(response: ServerResponse, body: unknown): void {
  response.setHeader("content-type", "application/json").end(JSON.stringify(body));
}

/** RSASSA-PKCS1-v1_5 over a digest that was made elsewhere (RFC 8017, 8.2.1 and 9.2). */
function signRsa(key: KeyObject, digest: string): string {
  const digestInfo = Buffer.from("3031300d060960864801650304020105000420", "hex");
  const padding = constants.RSA_PKCS1_PADDING;
  return privateEncrypt({ key, padding }, Buffer.concat([digestInfo, Buffer.from(digest, "base64")])).toString(
    "base64",
  );
}

/** The same with any key, by openssl: Node signs no ECDSA digest that it has not made itself. */
function signWithOpenssl(openssl: RunJudge, key: KeyObject, digest: string): string {
  const folder = mkdtempSync(join(tmpdir(), "orderseal-signer-"));
  try {
    const [keyFile, digestFile, out] = ["key.pem", "digest", "signature"].map((name) => join(folder, name));
    writeFileSync(keyFile ?? "", key.export({ type: "pkcs8", format: "pem" }));
    writeFileSync(digestFile ?? "", Buffer.from(digest, "base64"));
    const files = ["-inkey", keyFile ?? "", "-in", digestFile ?? "", "-out", out ?? ""];
    const { exitCode, output } = openssl("pkeyutl", "-sign", "-pkeyopt", "digest:sha256", ...files);
    if (exitCode !== 0) throw new Error(output);
    return readFileSync(out ?? "").toString("base64");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function put(name: string, publicKey: KeyObject, document: object = {}): void {
  directory.put(name, {
    "key.json": { kind: "http", url, keyReference: "projects/x/keys/seal", tokenFile: "token", ...document },
    token: "secret-token\n",
    "certificate.pem": directory.certificates(publicKey),
  });
}

async function faultOf(document: object = {}): Promise<string | undefined> {
  put("faulty", rsa.publicKey, document);
  const keys = await openKeyRing(directory.path).keys(SELLER, AT);
  return keys.find(({ name }) => name === "faulty")?.fault?.en;
}

describe.each(NEW_KEY_TYPES)("a %s key behind an HTTP signer", (type) => {
  judgesTest(
    ["pdfsig", "openssl"],
    "seals a contract that others accept, and the signer sees digests only",
    async (run) => {
      const own = makeKeyDirectory();
      try {
        const { privateKey, publicKey } = type === "rsa2048" ? rsa : generateSealKeyPair(type);
        answer = (seen, response) =>
          reply(response, { signature: signWithOpenssl(run("openssl"), privateKey, seen.body.digest) });
        own.put("cloud", {
          "key.json": { kind: "http", url, keyReference: "projects/x/keys/seal", tokenFile: "token" },
          token: "secret-token\n",
          "certificate.pem": own.certificates(publicKey),
        });
        const sealed = await sealOrThrow(sealInput(await openKeyRing(own.path).key(SELLER, AT)));
        const judges = { pdfsig: run("pdfsig"), openssl: run("openssl") };
        const verdicts = verdictsOf(sealed, own.authority.root.certificatePem, judges);
        expect(verdicts.pdfsig).toContain("Signature Validation: Signature is Valid.");
        expect(verdicts.openssl.output).toContain("CAdES Verification successful");
        expect(verdicts.openssl.exitCode).toBe(0);
        // One at the loading of the key, one for the contract.
        expect(asked).toHaveLength(2);
        for (const { authorization, body } of asked) {
          expect(authorization).toBe("Bearer secret-token");
          expect(Object.keys(body).sort()).toEqual(["algorithm", "digest", "keyReference"]);
          expect(body.algorithm).toBe(type === "p256" ? "ecdsa-p256-sha256" : "rsa-sha256");
          expect(Buffer.from(body.digest, "base64")).toHaveLength(32);
          expect(body.keyReference).toBe("projects/x/keys/seal");
        }
      } finally {
        own.remove();
      }
    },
  );
});

describe("a signer that does not do what it should is an error naming it, before a contract needs it", () => {
  test("slow", async () => {
    answer = () => undefined;
    expect(await faultOf({ timeoutMs: 150 })).toBe(
      `The signer at ${url} gave no complete answer within 150 ms; look after it, or raise timeoutMs.`,
    );
  });

  test("at an address with a secret in its query, which is not told", async () => {
    answer = (_, response) => void response.writeHead(403).end();
    const fault = await faultOf({ url: `${url}?code=s3cret` });
    expect(fault).toMatch(/refused us \(HTTP 403\)/);
    expect(fault).not.toContain("s3cret");
  });

  test("slow to finish its answer", async () => {
    answer = (_, response) => void response.writeHead(200).write('{"signature":');
    expect(await faultOf({ timeoutMs: 150 })).toMatch(/gave no complete answer within 150 ms/);
  });

  test("with another key", async () => {
    const other = generateSealKeyPair("rsa2048");
    answer = (seen, response) => reply(response, { signature: signRsa(other.privateKey, seen.body.digest) });
    expect(await faultOf()).toMatch(
      /^What the signer at http:.* signed does not verify with the certificate of C=CN, O=/,
    );
  });

  test("with a signature of something else", async () => {
    const digest = Buffer.alloc(32, 7).toString("base64");
    answer = (_, response) => reply(response, { signature: signRsa(rsa.privateKey, digest) });
    expect(await faultOf()).toMatch(/does not verify/);
  });

  test.each<[string, string]>([
    ["garbage", "<html>"],
    ["no signature", "{}"],
    ["an empty signature", '{"signature":""}'],
    ["a number", '{"signature":5}'],
    ["what is no base64", '{"signature":"***"}'],
    ["too much", `{"signature":"${"A".repeat(20_000)}"}`],
  ])("answering %s", async (_, body) => {
    answer = (__, response) => void response.end(body);
    expect(await faultOf()).toMatch(/^The signer at .* answered with .*; it must answer {"signature": "<base64>"}\.$/);
  });

  test.each<[number, RegExp]>([
    [500, /answered HTTP 500; look into its log/],
    [404, /answered HTTP 404; look into its log, and whether it knows the key projects/],
    [401, /refused us \(HTTP 401\); check the token in tokenFile/],
  ])("answering %s", async (status, sentence) => {
    answer = (_, response) => void response.writeHead(status).end();
    expect(await faultOf()).toMatch(sentence);
  });

  test("redirecting, which nobody follows with a token in hand", async () => {
    answer = (_, response) => void response.writeHead(307, { location: `${url}/elsewhere` }).end();
    expect(await faultOf()).toMatch(/cannot be reached \(.*redirect/);
    expect(asked).toHaveLength(1);
  });

  test("not there", async () => {
    expect(await faultOf({ url: "http://127.0.0.1:1/sign" })).toMatch(/cannot be reached \(.*\); check the address/);
  });
});

test("a signer that lies later is caught at the contract, not let through", async () => {
  const own = makeKeyDirectory();
  try {
    own.put("cloud", {
      "key.json": { kind: "http", url, keyReference: "k" },
      "certificate.pem": own.certificates(rsa.publicKey),
    });
    const key = await openKeyRing(own.path).key(SELLER, AT);
    answer = (_, response) => reply(response, { signature: Buffer.alloc(256, 1).toString("base64") });
    await expect(key.sign(Buffer.from("a contract"))).rejects.toThrow(/does not verify/);
  } finally {
    own.remove();
  }
});

test("a signer that was down is asked again in the background, and nobody waits for it", async () => {
  const own = makeKeyDirectory();
  try {
    const works = answer;
    answer = (_, response) => void response.writeHead(503).end();
    own.put("cloud", {
      "key.json": { kind: "http", url, keyReference: "k" },
      "certificate.pem": own.certificates(rsa.publicKey),
    });
    const ring = openKeyRing(own.path, { freshForMs: 0, tryAgainAfterMs: 20 });
    expect(await ring.hasKey(SELLER, AT)).toBe(false);
    answer = works;
    await expect.poll(() => ring.hasKey(SELLER, AT), { timeout: 5000, interval: 5 }).toBe(true);
    expect(asked.length).toBeGreaterThan(1);
  } finally {
    own.remove();
  }
});

test("a signer that takes its time when it is tried holds nobody up: the former key seals until it has answered", async () => {
  const own = makeKeyDirectory();
  try {
    own.put("old", fileKey(own));
    const ring = openKeyRing(own.path, { freshForMs: 0 });
    const old = await ring.key(SELLER, AT);
    let release: () => void = () => undefined;
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    answer = async (seen, response) => {
      await released;
      reply(response, { signature: signRsa(rsa.privateKey, seen.body.digest) });
    };
    own.put("new", {
      "key.json": { kind: "http", url, keyReference: "k", from: "2026-01-02T00:00:00Z", timeoutMs: 60_000 },
      "certificate.pem": own.certificates(rsa.publicKey),
    });
    // The signer answers after this, and would be waited for longer than a test may take.
    expect(await ring.key(SELLER, AT)).toBe(old);
    release();
    await expect.poll(async () => (await ring.key(SELLER, AT)).algorithm).toBe("rsa-sha256");
  } finally {
    own.remove();
  }
});
