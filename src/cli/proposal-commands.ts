import { type DecideOutcome, decideProposal, type Verdict } from "../application/decide-proposal.ts";
import type { Localized } from "../domain/localized.ts";
import { PROPOSAL_STATES, type Proposal, type ProposalKind, parseProposalId } from "../domain/proposal.ts";
import { isoOf } from "../domain/time.ts";
import { AS_PERSON, personOf } from "./acting-person.ts";
import { type Command, positional, readArguments } from "./command.ts";
import { everyItem } from "./every-item.ts";
import { refuse } from "./refused.ts";
import { EXIT, type ExitCode, type Terminal, table, WrongUse } from "./terminal.ts";

export const proposalsListCommand: Command = {
  name: "proposals list",
  usage: "proposals list [--state open|approved|rejected|withdrawn] [--json]",
  async run(args, terminal, installation) {
    const { values } = readArguments(this.usage, args, { state: { type: "string" } }, { least: 0, most: 0 });
    const state = values.state === undefined ? null : PROPOSAL_STATES.find((known) => known === values.state);
    if (state === undefined) throw new WrongUse(`--state must be one of ${PROPOSAL_STATES.join(", ")}.`);
    return installation.use(async ({ ledger }) => {
      const rows: string[][] = [];
      for await (const proposal of everyItem((page) => ledger.listProposals(state, page))) {
        if (values.json) terminal.out(`${JSON.stringify(proposalLine(proposal))}\n`);
        else rows.push(proposalRow(proposal, terminal));
      }
      if (!values.json) terminal.out(table(rows));
      return EXIT.done;
    });
  },
};

export const proposalsApproveCommand = decideCommand("approve");
export const proposalsRejectCommand = decideCommand("reject");
export const proposalsWithdrawCommand = decideCommand("withdraw");

function decideCommand(verdict: Verdict): Command {
  return {
    name: `proposals ${verdict}`,
    usage: `proposals ${verdict} <id> [--as NAME] [--json]`,
    async run(args, terminal, installation) {
      const { values, positionals } = readArguments(this.usage, args, AS_PERSON, { least: 1, most: 1 });
      const id = parseProposalId(positional(positionals, 0));
      if (!id) throw new WrongUse("That is no id of a proposal; see orderseal proposals list.");
      return installation.use(async (open) => {
        // Whoever sits at the terminal may do what persons may; two of them are needed all the same.
        const outcome = await decideProposal(open, personOf(values.as), id, verdict, () => true);
        if (outcome.kind !== "decided") return refuse(terminal, values.json, REFUSED[outcome.kind]);
        const { proposal } = outcome;
        terminal.out(
          values.json ? `${JSON.stringify(proposalLine(proposal))}\n` : table([proposalRow(proposal, terminal)]),
        );
        return EXIT.done;
      });
    },
  };
}

const REFUSED = {
  not_found: "proposal_not_found",
  not_allowed: "second_person_needed",
  decided_before: "proposal_decided",
  second_person_needed: "second_person_needed",
  not_yours: "proposal_of_somebody_else",
  already_void: "contract_already_void",
} as const satisfies Record<Exclude<DecideOutcome["kind"], "decided">, string>;

/** Tells that something waits for a second person, and how that one does it; nothing is done yet. */
export function proposed(proposal: Proposal, terminal: Terminal, json: boolean): ExitCode {
  const { id } = proposal;
  const said: Localized = {
    "zh-CN": `${KIND_TEXT[proposal.kind]["zh-CN"]}须经双人复核，已提交待复核申请 ${id}；请另一人执行：orderseal proposals approve ${id} --as 姓名\n`,
    en: `${KIND_TEXT[proposal.kind].en} takes two persons: it is proposed as ${id}. Another one runs: orderseal proposals approve ${id} --as NAME\n`,
  };
  terminal.out(
    json ? `${JSON.stringify({ outcome: "proposed", proposal: proposalLine(proposal) })}\n` : said[terminal.language],
  );
  return EXIT.done;
}

function proposalLine({ proposedAt, decidedAt, ...proposal }: Proposal) {
  return { ...proposal, proposedAt: isoOf(proposedAt), decidedAt: decidedAt && isoOf(decidedAt) };
}

function proposalRow({ id, kind, object, state, proposedBy, proposedAt, decidedBy }: Proposal, { language }: Terminal) {
  const what = KIND_TEXT[kind][language];
  const by = decidedBy === null ? proposedBy : `${proposedBy} / ${decidedBy}`;
  return [
    id,
    what,
    object.length > 40 ? `${object.slice(0, 16)}…` : object,
    STATE_TEXT[state][language],
    by,
    isoOf(proposedAt),
  ];
}

const KIND_TEXT: Record<ProposalKind, Localized> = {
  void_contract: { "zh-CN": "作废合同", en: "Voiding a contract" },
  add_seal_key: { "zh-CN": "启用印章密钥", en: "A new seal key" },
};

const STATE_TEXT: Record<Proposal["state"], Localized> = {
  open: { "zh-CN": "待复核", en: "open" },
  approved: { "zh-CN": "已批准", en: "approved" },
  rejected: { "zh-CN": "已驳回", en: "rejected" },
  withdrawn: { "zh-CN": "已撤回", en: "withdrawn" },
};
