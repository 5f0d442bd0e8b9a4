import { draftPolicy, publishPolicy, withdrawDraft } from "../application/change-policy.ts";
import type { PolicyDraft } from "../application/policy-books.ts";
import type { Policy } from "../domain/policy.ts";
import { isoOf } from "../domain/time.ts";
import { AS_PERSON, personOf } from "./acting-person.ts";
import { type Command, positional, readArguments } from "./command.ts";
import { givenVersion } from "./given-version.ts";
import { readPolicyFile } from "./policy-file.ts";
import { rulesDocument, settingRows } from "./policy-text.ts";
import { refuse, refuseInput } from "./refused.ts";
import { EXIT, type ExitCode, type Terminal, table } from "./terminal.ts";

/** `orderseal policy show`: the rules in force, those of a version, or the open draft. */
export const policyShowCommand: Command = {
  name: "policy show",
  usage: "policy show [--version N | --draft] [--json]",
  async run(args, terminal, installation) {
    const { values } = readArguments(
      this.usage,
      args,
      { version: { type: "string" }, draft: { type: "boolean", default: false } },
      { least: 0, most: 0 },
    );
    const version = givenVersion(values, this.usage);
    return installation.use(async ({ ledger }) => {
      if (values.draft) {
        const draft = await ledger.openDraft();
        return draft ? showDraft(draft, terminal, values.json) : refuse(terminal, values.json, "no_policy_draft");
      }
      const policy = version === null ? await ledger.currentPolicy() : await ledger.policy(version);
      return policy
        ? showPolicy(policy, terminal, values.json)
        : refuse(terminal, values.json, "policy_version_not_found");
    });
  },
};

/** `orderseal policy draft`: replaces the open draft; it binds nobody until somebody else publishes it. */
export const policyDraftCommand: Command = {
  name: "policy draft",
  usage: "policy draft <file|-> [--as PERSON] [--json]",
  async run(args, terminal, installation) {
    const { values, positionals } = readArguments(this.usage, args, AS_PERSON, { least: 1, most: 1 });
    const person = personOf(values.as);
    const rules = await readPolicyFile(positional(positionals, 0));
    if (!rules.ok) return refuseInput(terminal, values.json, rules.fault);
    return installation.use(async (open) => {
      const outcome = await draftPolicy(open, person, rules.value);
      if (outcome.kind === "nothing_changed") return refuse(terminal, values.json, "policy_draft_changes_nothing");
      const { basedOn, draftedBy, draftedAt } = outcome.draft;
      if (values.json) terminal.out(`${JSON.stringify({ basedOn, draftedBy, draftedAt: isoOf(draftedAt) })}\n`);
      else
        terminal.out(
          `Drafted by ${draftedBy} against version ${basedOn}. What it changes: orderseal policy diff. Another person publishes it: orderseal policy publish.\n`,
        );
      return EXIT.done;
    });
  },
};

/** `orderseal policy publish`: never by the person who drafted it. */
export const policyPublishCommand: Command = {
  name: "policy publish",
  usage: "policy publish [--draft ID] [--as PERSON] [--json]",
  async run(args, terminal, installation) {
    const { values } = readArguments(
      this.usage,
      args,
      { ...AS_PERSON, draft: { type: "string" } },
      { least: 0, most: 0 },
    );
    const person = personOf(values.as);
    return installation.use(async (open) => {
      const outcome = await publishPolicy(open, person, values.draft);
      switch (outcome.kind) {
        case "published": {
          const { version } = outcome.policy;
          if (values.json) terminal.out(`${JSON.stringify({ version, publishedBy: person.id })}\n`);
          else terminal.out(`Version ${version} is in force.\n`);
          return EXIT.done;
        }
        case "no_draft":
          return refuse(terminal, values.json, "no_policy_draft");
        case "another_draft":
          return refuse(terminal, values.json, "draft_replaced");
        case "second_person_needed":
          return refuse(terminal, values.json, "second_person_needed");
        case "outdated":
          return refuse(terminal, values.json, "policy_draft_outdated");
      }
    });
  },
};

export const policyWithdrawCommand: Command = {
  name: "policy withdraw",
  usage: "policy withdraw [--as PERSON] [--json]",
  async run(args, terminal, installation) {
    const { values } = readArguments(this.usage, args, AS_PERSON, { least: 0, most: 0 });
    const person = personOf(values.as);
    return installation.use(async (open) => {
      if (!(await withdrawDraft(open, person))) return refuse(terminal, values.json, "no_policy_draft");
      terminal.out(values.json ? `${JSON.stringify({ withdrawn: true })}\n` : "The draft is withdrawn.\n");
      return EXIT.done;
    });
  },
};

function showPolicy({ version, ...body }: Policy, terminal: Terminal, json: boolean): ExitCode {
  if (json) terminal.out(`${JSON.stringify({ version, rules: rulesDocument(body) })}\n`);
  else terminal.out(table([["version", `${version}`], ...settingRows(body)]));
  return EXIT.done;
}

function showDraft(
  { id, basedOn, draftedBy, draftedAt, body }: PolicyDraft,
  terminal: Terminal,
  json: boolean,
): ExitCode {
  const draft = { draft: id, basedOn, draftedBy, draftedAt: isoOf(draftedAt) };
  if (json) terminal.out(`${JSON.stringify({ version: null, ...draft, rules: rulesDocument(body) })}\n`);
  else {
    const head = Object.entries(draft).map(([name, value]) => [name, `${value}`]);
    terminal.out(table([["version", "(draft)"], ...head, ...settingRows(body)]));
  }
  return EXIT.done;
}
