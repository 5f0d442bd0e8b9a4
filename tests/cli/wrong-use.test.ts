import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { COMMANDS } from "../../src/cli/commands.ts";
import type { Installation } from "../../src/cli/installation.ts";
import { runCommandLine } from "../../src/cli/run-command-line.ts";
import { readEnvironment } from "../../src/environment.ts";
import { SOURCES } from "../../src/sources/sources.ts";
import { type CommandLine, linesOf, openCommandLine, type Run } from "./command-line.ts";

let orderseal: CommandLine;
let folder: string;
beforeAll(async () => {
  [orderseal, folder] = await Promise.all([openCommandLine(), mkdtemp(join(tmpdir(), "orderseal-wrong-"))]);
  await writeFile(join(folder, "no.pem"), "no certificate");
  await mkdir(join(folder, "folder"));
});
afterAll(async () => {
  await orderseal.remove();
  await rm(folder, { recursive: true, force: true });
});

const TICKET = "01a206f9-30c2-731c-b6fb-f986c8361082";

/** One sentence on standard error, without a stack. */
function expectSentence({ out, err }: Run, pattern: RegExp): void {
  expect(out).toBe("");
  expect(err).toMatch(pattern);
  expect(err).not.toMatch(/^\s+at |node:internal|Error:/m);
  expect(linesOf(err)).toHaveLength(1);
}

/** An installation that must stay closed: what is wrong is found before anything is opened. */
const CLOSED: Installation = {
  sources: async () => SOURCES,
  use: () => Promise.reject(new Error("the installation was opened")),
  checkSeal: () => Promise.reject(new Error("a seal was checked")),
  serve: () => Promise.reject(new Error("the service was started")),
  diagnose: () => Promise.reject(new Error("the installation was examined")),
  keys: () => Promise.reject(new Error("the keys were looked at")),
  backUp: () => Promise.reject(new Error("a backup was made")),
  restore: () => Promise.reject(new Error("a backup was restored")),
  // biome-ignore lint/correctness/useYield: it must not even begin
  async *drawSamples() {
    throw new Error("samples were drawn");
  },
  lookAtPages: () => Promise.reject(new Error("pages were looked at")),
};

async function runClosed(args: readonly string[]): Promise<Run> {
  const said = { out: "", err: "" };
  const out = (text: string) => {
    said.out += text;
  };
  const err = (text: string) => {
    said.err += text;
  };
  const exitCode = await runCommandLine(args, { out, err, language: "en" }, CLOSED);
  return { exitCode, ...said };
}

const S3 = {
  ORDERSEAL_OBJECTS: "s3://contracts",
  AWS_REGION: "cn-north-1",
  AWS_ACCESS_KEY_ID: "key",
  AWS_SECRET_ACCESS_KEY: "hidden",
};

describe("wrong use is told in one sentence before anything is opened, exit 2", () => {
  test.each<[string, readonly string[], RegExp]>([
    ["an unknown command", ["frobnicate"], /There is no command "frobnicate"; see orderseal --help\./],
    ["half a command", ["orders"], /did you mean orders list or orders show\?/],
    ["a command that a longer one begins with", ["contract", "list"], /There is no command "contract list"/],
    ["an unknown option", ["orders", "list", "--colour"], /--colour.*Usage: orderseal orders list/],
    ["an option without its value", ["import", "-", "--format"], /--format.*Usage: orderseal import/],
    ["a value for an option that takes none", ["orders", "list", "--json=yes"], /--json.*Usage: /],
    ["too much", ["orders", "list", "all"], /"all" is one too many/],
    ["too little", ["request"], /Something is missing\. Usage: orderseal request <order>/],
    ["an order and a bill at once", ["request", "X", "--bill", "a/2026-10"], /an order or a bill, not both\. Usage: /],
    ["an order and a bill to preview", ["preview", "X", "--bill", "a/2026-10"], /an order or a bill, not both/],
    ["a bill without its month", ["request", "--bill", "acct-1"], /"acct-1" names no bill; write it as/],
    ["a month that is none", ["bills", "show", "acct-1/2026-13"], /"acct-1\/2026-13" names no bill/],
    ["too much of a bill", ["preview", "--bill", "a/2026-10/b"], /names no bill/],
    ["a bill's checklist", ["checklist", "--bill", "a/2026-10"], /--bill.*Usage: orderseal checklist/],
    ["voiding without a reason", ["contracts", "void", "X"], /--reason needs a text/],
    ["a reason of blanks", ["tickets", "reject", TICKET, "--reason", " "], /--reason needs a text that is not empty/],
    ["a reason that is too long", ["contracts", "void", "X", "--reason", "x".repeat(501)], /not be longer than 500/],
    ["a version that is none", ["policy", "show", "--version", "0"], /--version must be a whole number from 1/],
    ["a version and the draft", ["policy", "show", "--version", "1", "--draft"], /a version or the draft, not both/],
    ["rules that are not there", ["policy", "draft", "none.json"], /"none\.json" cannot be read/],
    ["rules to compare that are not there", ["policy", "diff", "none.json"], /"none\.json" cannot be read/],
    ["nobody", ["policy", "publish", "--as", ""], /--as needs a text/],
    ["an unknown queue", ["tickets", "list", "--queue", "desk"], /--queue must be one of contract_desk, marketplace/],
    ["an unknown state", ["tickets", "list", "--state", "new"], /--state must be one of open, resolved, rejected/],
    ["a ticket that cannot be one", ["tickets", "show", "x"], /"x" is not the id of a ticket/],
    ["an answer without words", ["tickets", "answer", TICKET], /--message needs a text/],
    ["nothing to attach", ["tickets", "attach", TICKET], /Something is missing\. Usage: orderseal tickets attach/],
    ["a file that is not there to attach", ["tickets", "attach", TICKET, "none.pdf"], /"none\.pdf" cannot be read/],
    ["a folder to resolve with", ["tickets", "resolve", TICKET, "FOLDER/folder"], /cannot be read/],
    ["an unknown role", ["api-keys", "create", "x", "--role", "desk"], /--role must be one of machine, contract_desk/],
    ["a desk's key for nobody", ["api-keys", "create", "--role", "contract_desk"], /named after; give NAME/],
    ["a file that is not there", ["import", "none.ndjson"], /There is no file "none\.ndjson"/],
    ["a folder for a file", ["import", "FOLDER/folder"], /There is no file/],
    ["an unknown format", ["import", "-", "--format", "xml"], /--format must be one of orderseal, csv, billing-api/],
    ["a name without its account", ["import", "-", "--legal-name", "某公司"], /--legal-name needs --account/],
    ["an account that cannot be one", ["import", "-", "--account", "a b"], /--account must be/],
    ["an order that cannot be one", ["orders", "show", "a b"], /"a b" is not an order number/],
    ["a number with a slip of the pen", ["contracts", "show", "DEMO-202611-000001-A"], /is not a contract number/],
    ["an unknown language", ["request", "X", "--language", "de"], /--language must be one of zh-CN\+en, zh-CN, en/],
    ["nothing to verify", ["verify", "none.pdf"], /"none\.pdf" cannot be read/],
    ["a folder to verify", ["verify", "FOLDER/folder"], /cannot be read/],
    ["a root that is none", ["verify", "FOLDER/no.pem", "--trust", "FOLDER/no.pem"], /--trust needs a PEM file/],
    [
      "nobody whose sessions to end",
      ["sessions", "end"],
      /one of --name, --account and --all\. Usage: orderseal sessions/,
    ],
    ["two kinds of sessions", ["sessions", "end", "--all", "--name", "x"], /one of --name, --account and --all/],
    ["an account that has no sessions", ["sessions", "end", "--account", "a b"], /--account must be the id of an acc/],
    ["a key id that is none", ["api-keys", "revoke", "x"], /"x" is not the id of a key/],
  ])("%s", async (_, args, pattern) => {
    const run = await runClosed(args.map((arg) => arg.replace("FOLDER", folder)));
    expect(run.exitCode).toBe(2);
    expectSentence(run, pattern);
  });
});

describe("a setting that cannot be is told in one sentence that names it", () => {
  test.each<[string, Readonly<Record<string, string>>, RegExp]>([
    [
      "an unknown setting",
      { ORDERSEAL_PROT: "4180" },
      /^ORDERSEAL_PROT is not a setting of this version; the settings are /,
    ],
    ["a port that is none", { ORDERSEAL_PORT: "http" }, /^ORDERSEAL_PORT must be a number/],
    ["a port beyond the last", { ORDERSEAL_PORT: "65536" }, /^ORDERSEAL_PORT must be a number/],
    ["a port below none", { ORDERSEAL_PORT: "-1" }, /^ORDERSEAL_PORT must be a number/],
    ["a database that is none", { DATABASE_URL: "mysql://x" }, /^DATABASE_URL must begin with postgres/],
    ["demo neither on nor off", { ORDERSEAL_DEMO: "maybe" }, /^ORDERSEAL_DEMO must be 1 or 0/],
    ["a public address that is none", { ORDERSEAL_PUBLIC_URL: "example.com" }, /^ORDERSEAL_PUBLIC_URL must be/],
    [
      "a clock with a password",
      { ORDERSEAL_TSA_URL: "https://a:b@tsa.example/" },
      /^ORDERSEAL_TSA_URL must be without user and password/,
    ],
    ["a clock that is none", { ORDERSEAL_TSA_URL: "tsa" }, /^ORDERSEAL_TSA_URL must be/],
    [
      "networks that are none",
      { ORDERSEAL_WEBHOOK_NETWORKS: "10.0.0.0/8,intranet" },
      /must be networks .*"intranet" is none/,
    ],
    [
      "an object store that is none",
      { ORDERSEAL_OBJECTS: "gs://x" },
      /^ORDERSEAL_OBJECTS must begin with file: or s3:/,
    ],
    ["a bucket without a name", { ...S3, ORDERSEAL_OBJECTS: "s3:///eu" }, /^ORDERSEAL_OBJECTS must name a bucket/],
    [
      "a prefix that leads upwards",
      { ...S3, ORDERSEAL_OBJECTS: "s3://contracts/../x" },
      /^ORDERSEAL_OBJECTS must have/,
    ],
    [
      "a bucket and nobody who may use it",
      { ...S3, AWS_REGION: "", AWS_SECRET_ACCESS_KEY: "" },
      /^ORDERSEAL_OBJECTS=s3:\/\/contracts needs AWS_REGION, AWS_SECRET_ACCESS_KEY as well/,
    ],
    [
      "an endpoint with a password",
      { ...S3, AWS_ENDPOINT_URL_S3: "https://a:b@s3.example" },
      /^AWS_ENDPOINT_URL_S3 must be an http or https address without/,
    ],
    ["an endpoint that is none", { ...S3, AWS_ENDPOINT_URL: "s3.example" }, /^AWS_ENDPOINT_URL must be/],
    [
      "an address that nobody can reach, in every QR code",
      { ORDERSEAL_HOST: "0.0.0.0", ORDERSEAL_DEMO: "0" },
      /needs ORDERSEAL_PUBLIC_URL/,
    ],
    ["a demonstration for everybody", { ORDERSEAL_DEMO: "1", ORDERSEAL_HOST: "0.0.0.0" }, /^ORDERSEAL_DEMO /],
    ["a demonstration for everybody (IPv6)", { ORDERSEAL_DEMO: "1", ORDERSEAL_HOST: "::" }, /^ORDERSEAL_DEMO /],
  ])("%s", (_, variables, pattern) => {
    const read = readEnvironment(variables, "/");
    if (read.ok) throw new Error("was accepted");
    expect(read.fault).toMatch(pattern);
    expect(read.fault).toMatch(/\.$/);
    expect(linesOf(read.fault)).toHaveLength(1);
  });

  test("a password in a wrong DATABASE_URL is not repeated", () => {
    const read = readEnvironment({ DATABASE_URL: "mysql://user:secret@host/x" }, "/");
    expect(read.ok ? "" : read.fault).not.toContain("secret");
  });

  test("stops the real command before it starts, exit 2", async () => {
    const run = await orderseal.run(["serve"], { settings: { ORDERSEAL_PROT: "4180" } });
    expect(run.exitCode).toBe(2);
    expectSentence(run, /^ORDERSEAL_PROT is not a setting/);
  });
});

test("every command answers to the name that it is listed by", async () => {
  for (const [name, load] of Object.entries(COMMANDS)) {
    const command = await load();
    expect([command.name, command.usage.startsWith(name)]).toEqual([name, true]);
  }
});

describe("help", () => {
  test("of the whole names every command, exit 0; nothing at all shows it too, exit 2", async () => {
    const [asked, nothing] = await Promise.all([runClosed(["--help"]), runClosed([])]);
    expect([asked.exitCode, asked.err, nothing.exitCode]).toEqual([0, "", 2]);
    expect(nothing.out).toBe(asked.out);
    for (const name of [
      ...[
        "serve",
        "migrate",
        "doctor",
        "import",
        "orders list",
        "explain",
        "request",
        "preview",
        "checklist",
        "verify",
      ],
      ...[
        "bills list",
        "contracts void",
        "policy show",
        "policy diff",
        "policy publish",
        "tickets list",
        "tickets open",
      ],
    ]) {
      expect(asked.out).toContain(`\n  ${name} `);
    }
  });

  test("of a command shows its usage, whatever else is there", async () => {
    const { exitCode, out } = await runClosed(["request", "X", "--help"]);
    expect([exitCode, out.startsWith("orderseal request <order>")]).toEqual([0, true]);
  });
});

describe("what is broken is told in one sentence, exit 3", () => {
  test("a database that does not answer", async () => {
    const run = await orderseal.run(["orders", "list"], {
      settings: { DATABASE_URL: "postgres://nobody@127.0.0.1:1/x" },
    });
    expect(run.exitCode).toBe(3);
    expectSentence(run, /127\.0\.0\.1:1/);
  });
});
