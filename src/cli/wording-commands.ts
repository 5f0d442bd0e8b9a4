import { draftWording, publishWording, withdrawWording } from "../application/change-wording.ts";
import type { WordingBody } from "../domain/seller-wording.ts";
import { isoOf } from "../domain/time.ts";
import { AS_PERSON, personOf } from "./acting-person.ts";
import { type Command, positional, readArguments } from "./command.ts";
import { givenVersion } from "./given-version.ts";
import { refuse, refuseInput } from "./refused.ts";
import { EXIT, type ExitCode, type Terminal, table } from "./terminal.ts";
import { readWordingFile } from "./wording-file.ts";
import { SELLER_OPTION, sellerOf, wordingDocument, wordingRows } from "./wording-text.ts";

/** `orderseal wording show`: a seller's own clauses, those of a version, or the open draft. */
export const wordingShowCommand: Command = {
  name: "wording show",
  usage: "wording show [--seller ID] [--version N | --draft] [--json]",
  async run(args, terminal, installation) {
    const { values } = readArguments(
      this.usage,
      args,
      { ...SELLER_OPTION, version: { type: "string" }, draft: { type: "boolean", default: false } },
      { least: 0, most: 0 },
    );
    const version = givenVersion(values, this.usage);
    return installation.use(async ({ ledger }) => {
      const seller = await sellerOf(ledger, values.seller);
      if (!seller) return refuse(terminal, values.json, "seller_not_found");
      if (values.draft) {
        const draft = await ledger.openWordingDraft(seller);
        if (!draft) return refuse(terminal, values.json, "no_wording_draft");
        const { id, basedOn, draftedBy, draftedAt, body } = draft;
        return show(
          { seller, version: null, draft: id, basedOn, draftedBy, draftedAt: isoOf(draftedAt) },
          body,
          terminal,
          values,
        );
      }
      const wording = version === null ? await ledger.currentWording(seller) : await ledger.wording(seller, version);
      if (!wording) return refuse(terminal, values.json, "wording_version_not_found");
      return show({ seller, version: wording.version }, wording, terminal, values);
    });
  },
};

/** `orderseal wording draft`: replaces the open draft; no contract says it until somebody else publishes it. */
export const wordingDraftCommand: Command = {
  name: "wording draft",
  usage: "wording draft <file|-> [--seller ID] [--as PERSON] [--json]",
  async run(args, terminal, installation) {
    const { values, positionals } = readArguments(
      this.usage,
      args,
      { ...SELLER_OPTION, ...AS_PERSON },
      { least: 1, most: 1 },
    );
    const person = personOf(values.as);
    const wording = await readWordingFile(positional(positionals, 0));
    if (!wording.ok) return refuseInput(terminal, values.json, wording.fault);
    return installation.use(async (open) => {
      const seller = await sellerOf(open.ledger, values.seller);
      if (!seller) return refuse(terminal, values.json, "seller_not_found");
      const outcome = await draftWording(open, person, seller, wording.value);
      switch (outcome.kind) {
        case "drafted": {
          const { id, basedOn, draftedBy, draftedAt } = outcome.draft;
          const said = { seller, draft: id, basedOn, draftedBy, draftedAt: isoOf(draftedAt) };
          if (values.json) terminal.out(`${JSON.stringify(said)}\n`);
          else {
            terminal.out(
              `Drafted by ${draftedBy} for ${seller} against version ${basedOn}. What it changes: orderseal wording diff. Another person publishes it: orderseal wording publish.\n`,
            );
          }
          return EXIT.done;
        }
        case "invalid":
          return refuseInput(terminal, values.json, outcome.fault);
        case "nothing_changed":
          return refuse(terminal, values.json, "wording_draft_changes_nothing");
        case "not_found":
          return refuse(terminal, values.json, "seller_not_found");
      }
    });
  },
};

/** `orderseal wording publish`: never by the person who drafted it. */
export const wordingPublishCommand: Command = {
  name: "wording publish",
  usage: "wording publish [--seller ID] [--draft ID] [--as PERSON] [--json]",
  async run(args, terminal, installation) {
    const { values } = readArguments(
      this.usage,
      args,
      { ...SELLER_OPTION, ...AS_PERSON, draft: { type: "string" } },
      { least: 0, most: 0 },
    );
    const person = personOf(values.as);
    return installation.use(async (open) => {
      const seller = await sellerOf(open.ledger, values.seller);
      if (!seller) return refuse(terminal, values.json, "seller_not_found");
      const outcome = await publishWording(open, person, seller, values.draft);
      switch (outcome.kind) {
        case "published": {
          const { version } = outcome.wording;
          if (values.json) terminal.out(`${JSON.stringify({ seller, version, publishedBy: person.id })}\n`);
          else terminal.out(`New contracts of ${seller} are drawn up with version ${version}.\n`);
          return EXIT.done;
        }
        case "invalid":
          return refuseInput(terminal, values.json, outcome.fault);
        case "no_draft":
          return refuse(terminal, values.json, "no_wording_draft");
        case "another_draft":
          return refuse(terminal, values.json, "draft_replaced");
        case "second_person_needed":
          return refuse(terminal, values.json, "second_person_needed");
        case "outdated":
          return refuse(terminal, values.json, "wording_draft_outdated");
        case "not_found":
          return refuse(terminal, values.json, "seller_not_found");
      }
    });
  },
};

export const wordingWithdrawCommand: Command = {
  name: "wording withdraw",
  usage: "wording withdraw [--seller ID] [--as PERSON] [--json]",
  async run(args, terminal, installation) {
    const { values } = readArguments(this.usage, args, { ...SELLER_OPTION, ...AS_PERSON }, { least: 0, most: 0 });
    const person = personOf(values.as);
    return installation.use(async (open) => {
      const seller = await sellerOf(open.ledger, values.seller);
      if (!seller) return refuse(terminal, values.json, "seller_not_found");
      if (!(await withdrawWording(open, person, seller))) return refuse(terminal, values.json, "no_wording_draft");
      terminal.out(values.json ? `${JSON.stringify({ seller, withdrawn: true })}\n` : "The draft is withdrawn.\n");
      return EXIT.done;
    });
  },
};

function show(
  head: Readonly<Record<string, string | number | null>>,
  body: WordingBody,
  terminal: Terminal,
  { json }: { readonly json: boolean },
): ExitCode {
  if (json) terminal.out(`${JSON.stringify({ ...head, wording: wordingDocument(body) })}\n`);
  else {
    const rows = Object.entries(head).map(([name, value]) => [name, value === null ? "(draft)" : `${value}`]);
    terminal.out(table([...rows, ...wordingRows(body)]));
  }
  return EXIT.done;
}
