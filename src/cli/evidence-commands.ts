import { extname } from "node:path";
import { readEvidenceFacts } from "../application/evidence-facts.ts";
import { type EvidenceFault, type GivenEvidence, giveEvidence, prepareEvidence } from "../application/give-evidence.ts";
import { readEvidence } from "../application/read-evidence.ts";
import {
  EVIDENCE_KINDS,
  type Evidence,
  type EvidenceId,
  type EvidenceKind,
  LARGEST_EVIDENCE,
  parseEvidenceId,
  parseEvidenceKind,
} from "../domain/evidence.ts";
import { isoOf } from "../domain/time.ts";
import { type Command, positional, readArguments } from "./command.ts";
import { givenFileUpTo } from "./given-file.ts";
import { OPERATOR } from "./operator.ts";
import { writeOutput } from "./output-file.ts";
import { refuse } from "./refused.ts";
import { EXIT, type Terminal, table, WrongUse } from "./terminal.ts";
import { accountId } from "./webhook-commands.ts";

const REFUSED = {
  not_evidence: "not_evidence",
  too_large: "too_large",
  too_much: "too_much_evidence",
  too_busy: "too_many_requests",
} as const satisfies Record<EvidenceFault, string>;

export const evidenceListCommand: Command = {
  name: "accounts evidence list",
  usage: "accounts evidence list <account> [--json]",
  async run(args, terminal, installation) {
    const { values, positionals } = readArguments(this.usage, args, {}, { least: 1, most: 1 });
    const account = accountId(positional(positionals, 0));
    return installation.use(async ({ ledger }) => {
      const evidence = await ledger.listEvidence(account);
      if (!evidence) return refuse(terminal, values.json, "account_not_found");
      report(evidence, terminal, values.json);
      return EXIT.done;
    });
  },
};

export const evidenceAddCommand: Command = {
  name: "accounts evidence add",
  usage: `accounts evidence add <account> <file.pdf|.png|.jpg|.json> [--kind ${EVIDENCE_KINDS.join("|")}] [--json]`,
  async run(args, terminal, installation) {
    const { values, positionals } = readArguments(
      this.usage,
      args,
      { kind: { type: "string" } },
      { least: 2, most: 2 },
    );
    const { json } = values;
    const account = accountId(positional(positionals, 0));
    const kind = values.kind === undefined ? "other" : givenKind(values.kind);
    const path = positional(positionals, 1);
    const file = await givenFileUpTo(LARGEST_EVIDENCE, path);
    if (file === null) return refuse(terminal, json, "too_large");
    const given = givenIn(path, file, kind);
    return installation.use(async (open) => {
      const prepared = await prepareEvidence(open, OPERATOR, account, given);
      const outcome = prepared.kind === "ready" ? await giveEvidence(open, OPERATOR, prepared) : prepared;
      switch (outcome.kind) {
        case "given":
          report([outcome.evidence], terminal, json);
          return EXIT.done;
        case "faulty":
          return refuse(terminal, json, REFUSED[outcome.fault]);
        case "unreadable":
          return refuse(terminal, json, "evidence_unreadable");
        case "not_found":
          return refuse(terminal, json, "account_not_found");
      }
    });
  },
};

/** `orderseal accounts evidence show`: into a file, since a terminal keeps what it has shown. */
export const evidenceShowCommand: Command = {
  name: "accounts evidence show",
  usage: "accounts evidence show <account> <id> -o FILE [--json]",
  async run(args, terminal, installation) {
    const { values, positionals } = readArguments(
      this.usage,
      args,
      { output: { type: "string", short: "o" } },
      { least: 2, most: 2 },
    );
    const account = accountId(positional(positionals, 0));
    const id = evidenceId(positional(positionals, 1));
    const { output, json } = values;
    if (output === undefined) throw new WrongUse("Evidence is written into a file: name one with -o.");
    return installation.use(async (open) => {
      const outcome = await readEvidence(open, OPERATOR, account, id);
      if (outcome.kind === "unreadable") return refuse(terminal, json, "evidence_unreadable");
      if (outcome.kind === "not_found") return refuse(terminal, json, "evidence_not_found");
      await writeOutput(output, outcome.content);
      report([outcome.evidence], terminal, json);
      return EXIT.done;
    });
  },
};

function givenIn(path: string, file: Buffer, kind: EvidenceKind): GivenEvidence {
  if (extname(path).toLowerCase() !== ".json") return { kind, file, calledItself: null };
  const facts = readEvidenceFacts(jsonIn(file));
  if (!("faultyField" in facts)) return { kind, facts };
  const at = facts.faultyField === "" ? "" : ` ("${facts.faultyField}")`;
  throw new WrongUse(`"${path}" must be a JSON object with method, reference, verifiedAt and verifiedBy${at}.`);
}

function jsonIn(file: Buffer): unknown {
  try {
    return JSON.parse(file.toString("utf8"));
  } catch {
    return null;
  }
}

function givenKind(text: string): EvidenceKind {
  const kind = parseEvidenceKind(text);
  if (kind) return kind;
  throw new WrongUse(`--kind must be one of ${EVIDENCE_KINDS.join(", ")}, not "${text.slice(0, 80)}".`);
}

function evidenceId(text: string): EvidenceId {
  const id = parseEvidenceId(text);
  if (id) return id;
  throw new WrongUse(`"${text.slice(0, 80)}" is not the id of evidence; see orderseal accounts evidence list.`);
}

function report(evidence: readonly Evidence[], { out }: Terminal, json: boolean): void {
  const lines = evidence.map(({ id, account, kind, format, bytes, givenAt }) => {
    return { id, account, kind, format, bytes, givenAt: isoOf(givenAt) };
  });
  if (json) for (const line of lines) out(`${JSON.stringify(line)}\n`);
  else out(table(lines.map(({ id, kind, format, bytes, givenAt }) => [id, kind, format, `${bytes} bytes`, givenAt])));
}
