import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeParty } from "../../src/verify/certificates.fixture.ts";
import { sealedPdf } from "../../src/verify/sealed-pdf.fixture.ts";
import { type CommandLine, finished, linesOf, spawnOrderseal } from "./command-line.ts";
import { openResidentCommandLine } from "./resident-command-line.ts";
import { SAMPLE_PATH } from "./sample-file.ts";

interface ContractLine {
  readonly number: string;
  readonly order: string;
  readonly standing: string;
  readonly sha256: string;
}

interface Verdict {
  readonly verdict: string;
  readonly reason: string;
  readonly issuedHere: boolean | null;
  readonly standing: string | null;
}

const APPROVAL = "/Type/Sig/Filter/Adobe.PPKLite/SubFilter/adbe.pkcs7.detached";

let orderseal: CommandLine;
let pdf: string;
let root: string;
let contract: ContractLine;
beforeAll(async () => {
  orderseal = await openResidentCommandLine();
  pdf = join(orderseal.home, "contract.pdf");
  root = join(orderseal.home, "keys/roots/demo-root.pem");
  const account = ["--account", "acct-1", "--legal-name", "北京样本科技有限公司"];
  expect((await orderseal.run(["import", SAMPLE_PATH, "--format", "billing-api", ...account])).exitCode).toBe(0);
  const requested = await orderseal.json<ContractLine>(["request", "210001000000001", "-o", pdf]);
  [contract = { number: "", order: "", standing: "", sha256: "" }] = requested;
});
afterAll(() => orderseal.remove());

async function verify(path: string, ...more: readonly string[]) {
  const { exitCode, out } = await orderseal.run(["verify", path, ...more, "--json"]);
  return { exitCode, answer: JSON.parse(out) as Verdict };
}

async function altered(name: string, change: (bytes: Buffer) => Buffer): Promise<string> {
  const path = join(orderseal.home, name);
  await writeFile(path, change(await readFile(pdf)));
  return path;
}

describe("a contract from the command line", () => {
  test("has no archive while none was made, and says so", async () => {
    const { exitCode, out } = await orderseal.run(["contracts", "download", contract.number, "--archive", "--json"]);
    expect(exitCode).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ code: "contract_not_archived" });
  });

  test("is requested, listed, shown and downloaded, byte for byte the same (R5)", async () => {
    const copy = join(orderseal.home, "copy.pdf");
    const [listed, shown, downloaded] = await Promise.all([
      orderseal.json<ContractLine>(["contracts", "list"]),
      orderseal.json<ContractLine>(["contracts", "show", contract.number.toLowerCase()]),
      orderseal.run(["contracts", "download", contract.number, "-o", copy]),
    ]);
    expect(listed).toEqual(shown);
    expect(listed).toMatchObject([
      { number: contract.number, order: "210001000000001", standing: "in_force", sha256: contract.sha256 },
    ]);
    expect(downloaded).toEqual({ exitCode: 0, out: `${copy}\n`, err: "" });
    const [first, second] = await Promise.all([readFile(pdf), readFile(copy)]);
    expect(second.equals(first)).toBe(true);
    expect(createHash("sha256").update(first).digest("hex")).toBe(contract.sha256);
  });

  test("requested again is refused and points at the first, exit 1 (R4)", async () => {
    const { exitCode, out, err } = await orderseal.run(["request", "210001000000001"]);
    expect([exitCode, out]).toEqual([1, ""]);
    expect(err).toMatch(/^already_contracted \(R4\): .*\.\n.*\.\n$/);
    expect(err).toContain(contract.number);
  });

  test("that is refused carries code, rule, policy version, sentence and next step for machines (R24)", async () => {
    const { exitCode, out } = await orderseal.run(["request", "210002000000008", "--json"]);
    expect(exitCode).toBe(1);
    expect(JSON.parse(out)).toEqual({
      code: "unpaid_domain_service_not_allowed",
      rule: "R15",
      policyVersion: 1,
      sentence: expect.stringMatching(/\.$/),
      nextStep: { action: "print_checklist" },
    });
  });

  test("of an order that nobody knows: exit 1", async () => {
    const { exitCode, err } = await orderseal.run(["request", "999"]);
    expect([exitCode, err]).toEqual([1, "There is no such order; orderseal orders list shows the orders.\n"]);
  });

  test("is explained rung by rung, in the language of the terminal", async () => {
    const { exitCode, out } = await orderseal.run(["explain", "210004000000002"], {
      settings: { LANG: "zh_CN.UTF-8" },
    });
    expect(exitCode).toBe(0);
    expect(out).toMatch(/passed +served_by_partner/);
    expect(out).toMatch(/REFUSED +seller_cannot_seal/);
    expect(out).toMatch(/→ refuse seller_cannot_seal \(R18\): \p{Script=Han}/u);
  });
});

describe("verifying a file", () => {
  test("that was issued here passes, with its standing, exit 0", async () => {
    const { exitCode, answer } = await verify(pdf);
    expect(exitCode).toBe(0);
    expect(answer).toMatchObject({ verdict: "passed", issuedHere: true, standing: "in_force" });
  });

  test("with one byte flipped fails, exit 1", async () => {
    const path = await altered("flipped.pdf", (bytes) => {
      bytes.writeUInt8(bytes.readUInt8(1234) ^ 1, 1234);
      return bytes;
    });
    const { exitCode, answer } = await verify(path);
    expect(exitCode).toBe(1);
    expect(answer).toMatchObject({ verdict: "failed", issuedHere: false, standing: null });
  });

  test("offline needs no database: with the root at hand it passes, and nobody is asked for its standing", async () => {
    const settings = {
      DATABASE_URL: "postgres://nobody@127.0.0.1:1/none",
      ORDERSEAL_HOME: join(orderseal.home, "none"),
    };
    const { exitCode, out } = await orderseal.run(["verify", pdf, "--offline", "--trust", root, "--json"], {
      settings,
    });
    expect(exitCode).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ verdict: "passed", issuedHere: null, standing: null });
  });

  test("that a stranger has signed: sound, not ours, and who it says it is; in the language of the terminal", async () => {
    const signer = makeParty({ name: "Stranger", authority: false });
    const path = await altered("stranger.pdf", () => sealedPdf({ cms: { signer }, signature: APPROVAL }));
    const { exitCode, out } = await orderseal.run(["verify", path]);
    expect(exitCode).toBe(1);
    expect(linesOf(out)).toEqual([
      "indeterminate (signature_format_not_supported): The signature is not of the kind that seals contracts (PAdES).",
      "The signature on the file is sound: it covers the whole file, which is unaltered since.",
      "signed by whom its certificate calls CN=Stranger, for which nobody here vouches",
      "not issued by this system",
    ]);
    const chinese = await orderseal.run(["verify", path, "--offline"], { settings: { LANG: "zh_CN.UTF-8" } });
    expect(linesOf(chinese.out).slice(1)).toEqual([
      "文件上的电子签名完好，覆盖整个文件，签名之后未被改动。",
      "签名证书上的名称：CN=Stranger（由证书自行载明，本系统未作核实）",
      "离线核验不查询是否由本系统出具，也不查询合同当前状态",
    ]);
  });

  test("without a root that vouches for it is indeterminate, exit 1", async () => {
    const settings = { ORDERSEAL_HOME: join(orderseal.home, "none") };
    const { exitCode, out } = await orderseal.run(["verify", pdf, "--offline", "--json"], { settings });
    expect([exitCode, JSON.parse(out)]).toEqual([1, expect.objectContaining({ verdict: "indeterminate" })]);
  });
});

describe("a machine's keys", () => {
  test("are made, listed without their secrets, and revoked", async () => {
    const [made] = await orderseal.json<{ id: string; key: string }>(["api-keys", "create", "billing"]);
    expect(made?.key).toMatch(/^osk_[\w-]{43}$/);
    const listed = await orderseal.run(["api-keys", "list", "--json"]);
    expect(listed.out).toContain('"name":"billing"');
    expect(listed.out).not.toContain(made?.key);
    expect((await orderseal.run(["api-keys", "revoke", made?.id ?? ""])).exitCode).toBe(0);
  });

  test("and a person's at a desk are told apart by their role", async () => {
    const create = ["api-keys", "create", "王芳", "--role", "marketplace_desk"];
    expect(await orderseal.json(create)).toMatchObject([{ name: "王芳", role: "marketplace_desk" }]);
    const listed = await orderseal.json<{ name: string; role: string }>(["api-keys", "list"]);
    expect(listed.map(({ name, role }) => [name, role])).toEqual(
      expect.arrayContaining([
        ["王芳", "marketplace_desk"],
        ["billing", "machine"],
      ]),
    );
  });
});

test("a reader that stops reading (| head -1) is no failure to be told of", async () => {
  const child = await spawnOrderseal(["orders", "list", "--json"], orderseal.settings);
  child.stdout?.destroy();
  const { err } = await finished(child);
  expect(err).toBe("");
});

test("the database is up to date, and doctor finds nothing missing but what was not built", async () => {
  const [migrated, checked] = await Promise.all([orderseal.run(["migrate"]), orderseal.run(["doctor", "--json"])]);
  expect(migrated).toEqual({ exitCode: 0, out: "The database is up to date.\n", err: "" });
  const { checks } = JSON.parse(checked.out) as { checks: { name: string; ok: boolean; detail: string }[] };
  expect(
    checks
      .filter(({ ok }) => !ok)
      .map(({ name }) => name)
      .filter((name) => name !== "console"),
  ).toEqual([]);
  expect(checks.map(({ name }) => name)).toEqual([
    "fonts",
    "console",
    "database",
    "walls",
    ...["seal demo-cloud", "key demo-cloud/demo", "seal demo-software", "key demo-software/demo"],
    "timestamps",
    "timestamp pending",
    "archives",
    "files",
    "damaged files",
    "evidence",
    "webhooks",
  ]);
});

test("whoever is signed in is listed and signed out", async () => {
  expect(await orderseal.json(["sessions", "list"])).toEqual([]);
  expect((await orderseal.run(["sessions", "end", "--all"])).out).toBe("0 sessions have ended.\n");
});

test("two that start on an empty home at once both succeed", async () => {
  const settings = { ORDERSEAL_HOME: join(orderseal.home, "fresh") };
  const runs = await Promise.all([1, 2].map(() => orderseal.run(["contracts", "list"], { settings })));
  expect(runs.map(({ exitCode, err }) => [exitCode, err])).toEqual(runs.map(() => [0, ""]));
});
