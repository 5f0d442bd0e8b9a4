import { createPublicKey, generateKeyPairSync, X509Certificate } from "node:crypto";
import { mkdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { CertificationRequest } from "@peculiar/asn1-csr";
import { AsnConvert } from "@peculiar/asn1-schema";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestAuthority, type TestAuthority } from "../../src/document/seal/test-authority.ts";
import { judgeTest } from "../judges.ts";
import type { CommandLine } from "./command-line.ts";
import { openResidentCommandLine } from "./resident-command-line.ts";

interface KeyJson {
  readonly name: string;
  readonly state: string;
  readonly algorithm: string | null;
  readonly from: string | null;
  readonly fault: string | null;
}

const NAME = "杭州示例云计算有限公司";
const DAY_MS = 86_400_000;
let orderseal: CommandLine;
let authority: TestAuthority;
beforeAll(async () => {
  orderseal = await openResidentCommandLine();
  authority = createTestAuthority({ keyType: "p256", now: new Date(Date.now() - 60_000) });
});
afterAll(() => orderseal.remove());

function inHome(...path: readonly string[]): string {
  return join(orderseal.home, ...path);
}

async function keys(): Promise<ReadonlyMap<string, KeyJson>> {
  const lines = await orderseal.json<KeyJson>(["keys", "list", "--seller", "demo-cloud"]);
  return new Map(lines.map((line) => [line.name, line]));
}

function request(name: string, ...more: readonly string[]) {
  return orderseal.run(["keys", "request", "--seller", "demo-cloud", "--name", name, ...more]);
}

function install(name: string, file: string, ...more: readonly string[]) {
  return orderseal.run(["keys", "install", "--seller", "demo-cloud", "--name", name, file, ...more]);
}

/** What an authority does with a request: a certificate for its public key, followed by its own. */
async function certify(csr: string, certificate: string, notAfter?: Date): Promise<string> {
  const [, base64 = ""] = /-----BEGIN CERTIFICATE REQUEST-----([^-]+)-----END/.exec(await readFile(csr, "utf8")) ?? [];
  const { subjectPKInfo } = AsnConvert.parse(
    Buffer.from(base64, "base64"),
    CertificationRequest,
  ).certificationRequestInfo;
  const publicKey = createPublicKey({
    key: Buffer.from(AsnConvert.serialize(subjectPKInfo)),
    format: "der",
    type: "spki",
  });
  const wanted = { legalName: NAME, countryCode: "CN", publicKey, ...(notAfter ? { notAfter } : {}) };
  const issued = authority.issueSealCertificate(wanted).certificatePem;
  await writeFile(certificate, issued + authority.root.certificatePem);
  return certificate;
}

test("a key is requested, certified, installed and takes over; its private part is encrypted and private", async () => {
  const csr = inHome("next.csr");
  const requested = await request("next", "-o", csr);
  expect([requested.exitCode, requested.err]).toEqual([0, ""]);
  expect(requested.out).toContain(`orderseal keys install --seller demo-cloud --name next`);
  const folder = inHome("keys", "sellers", "demo-cloud", "next");
  expect(await readFile(join(folder, "key.pem"), "utf8")).toContain("BEGIN ENCRYPTED PRIVATE KEY");
  for (const file of ["key.pem", "passphrase", "key.json"]) {
    expect((await stat(join(folder, file))).mode & 0o777).toBe(0o600);
  }
  expect((await stat(folder)).mode & 0o777).toBe(0o700);
  expect((await keys()).get("next")).toMatchObject({ state: "awaiting_certificate" });

  const certificate = await certify(csr, inHome("next.pem"));
  const unknownRoot = await install("next", certificate);
  expect([unknownRoot.exitCode, unknownRoot.out]).toEqual([1, ""]);
  expect(unknownRoot.err).toMatch(/^No certificate among the roots of the key directory vouches for it/);
  await writeFile(inHome("keys", "roots", "new-root.pem"), authority.root.certificatePem);
  const from = new Date(Date.now() + DAY_MS).toISOString().replace(/\.\d+Z/, "Z");
  const installed = await install("next", certificate, "--from", from, "--json");
  expect([installed.exitCode, installed.err]).toEqual([0, ""]);
  expect(JSON.parse(installed.out)).toMatchObject({ name: "next", state: "not_yet", algorithm: "P-256", from });
  expect((await keys()).get("demo")).toMatchObject({ state: "in_use" });

  await request("now", "-o", inHome("now.csr"));
  const now = new Date().toISOString();
  const takesOver = await install("now", await certify(inHome("now.csr"), inHome("now.pem")), "--from", now);
  expect([takesOver.exitCode, takesOver.err]).toEqual([0, ""]);
  expect(takesOver.out).toMatch(/^demo-cloud +now +file +P-256 +in use/);
  expect((await keys()).get("demo")).toMatchObject({ state: "usable" });
});

judgeTest("openssl", "the request is sound, with the seller's name from the books", async (openssl) => {
  for (const [algorithm, shown] of [
    ["p256", "NIST CURVE: P-256"],
    ["rsa-3072", "Public-Key: (3072 bit)"],
  ]) {
    const csr = inHome(`${algorithm}.csr`);
    expect((await request(`of-${algorithm}`, "--algorithm", algorithm ?? "", "-o", csr)).exitCode).toBe(0);
    const { exitCode, output } = openssl(
      "req",
      "-in",
      csr,
      "-verify",
      "-noout",
      "-text",
      "-nameopt",
      "utf8,sep_comma_plus",
    );
    expect([exitCode, output.includes("verify OK")]).toEqual([0, true]);
    expect(output).toContain(`C=CN,O=${NAME},CN=${NAME}`);
    expect(output).toContain(shown);
  }
});

test("what cannot be installed is said in one sentence and changes nothing, exit 1", async () => {
  await writeFile(inHome("keys", "roots", "new-root.pem"), authority.root.certificatePem);
  await request("strict", "-o", inHome("strict.csr"));
  const { publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const other = authority.issueSealCertificate({ legalName: NAME, countryCode: "CN", publicKey }).certificatePem;
  await writeFile(inHome("other.pem"), other + authority.root.certificatePem);
  const own = await certify(inHome("strict.csr"), inHome("own.pem"));
  const [leaf = ""] = (await readFile(own, "utf8")).match(/-----BEGIN[^-]+-----[^-]+-----END[^-]+-----\n/) ?? [];
  expect(new X509Certificate(leaf).ca).toBe(false);
  await writeFile(inHome("disorder.pem"), authority.root.certificatePem + leaf);
  const over = await certify(inHome("strict.csr"), inHome("over.pem"), new Date(Date.now() - 1000));
  await writeFile(inHome("empty.pem"), "nothing");
  for (const [file, sentence] of [
    [inHome("other.pem"), /^The private key does not belong to the certificate of/],
    [inHome("disorder.pem"), /^Expected the issuer of/],
    [over, /^The certificate has ended and was not installed/],
    [inHome("empty.pem"), /^Expected a PEM certificate/],
  ] as const) {
    const { exitCode, out, err } = await install("strict", file);
    expect([exitCode, out]).toEqual([1, ""]);
    expect(err).toMatch(sentence);
    expect((await keys()).get("strict")).toMatchObject({ state: "awaiting_certificate" });
  }
  const chinese = await orderseal.run(["keys", "install", "--seller", "demo-cloud", "--name", "nobody", own], {
    settings: { LANG: "zh_CN.UTF-8" },
  });
  expect([chinese.exitCode, chinese.err]).toEqual([1, expect.stringMatching(/^demo-cloud 没有名为 nobody/)]);
  expect((await install("strict", own)).exitCode).toBe(0);
  expect((await install("strict", own)).err).toMatch(/^The key strict of demo-cloud has its certificate already/);
});

test("a name that is taken and a seller that nobody knows are refused", async () => {
  const taken = await request("demo");
  expect([taken.exitCode, taken.err]).toEqual([
    1,
    "demo-cloud has a key named demo already; choose another name with --name.\n",
  ]);
  // The layout of the first release is the key named default.
  const firstRelease = inHome("keys", "sellers", "first-release");
  await mkdir(firstRelease);
  await writeFile(join(firstRelease, "key.pem"), "");
  const wanted = ["--seller", "first-release", "--name", "default", "--organization", NAME];
  const hidden = await orderseal.run(["keys", "request", ...wanted]);
  expect([hidden.exitCode, hidden.err]).toEqual([1, expect.stringMatching(/has a key named default already/)]);
  const unknown = await orderseal.run(["keys", "request", "--seller", "nobody", "--name", "x"]);
  expect([unknown.exitCode, unknown.err]).toEqual([1, expect.stringMatching(/^There is no such seller/)]);
});

test.each<[string, readonly string[], RegExp]>([
  ["no seller", ["keys", "request"], /^--seller needs the id of a seller\.$/m],
  ["a name that is a path", ["keys", "request", "--seller", "s", "--name", "../x"], /^--name needs the name of a key/],
  [
    "an algorithm that seals nothing",
    ["keys", "request", "--seller", "s", "--algorithm", "rsa-1024"],
    /^--algorithm must be one of/,
  ],
  ["a country in small letters", ["keys", "request", "--seller", "s", "--country", "cn"], /^--country needs two/],
  [
    "an instant without offset",
    ["keys", "install", "--seller", "s", "--name", "n", "x.pem", "--from", "2026-12-01"],
    /^--from needs an instant/,
  ],
  [
    "a file that is not there",
    ["keys", "install", "--seller", "s", "--name", "n", "gone.pem"],
    /cannot be read; name an existing file/,
  ],
])("%s is wrong use, exit 2", async (_, args, sentence) => {
  const { exitCode, out, err } = await orderseal.run(args);
  expect([exitCode, out]).toEqual([2, ""]);
  expect(err).toMatch(sentence);
});
