import { changedSettings, compareDecisions } from "../application/compare-policies.ts";
import type { Policy, PolicyBody } from "../domain/policy.ts";
import { type Command, readArguments } from "./command.ts";
import { decisionLine } from "./decision-line.ts";
import type { OpenInstallation } from "./installation.ts";
import { readPolicyFile } from "./policy-file.ts";
import { changeRows, decisionText } from "./policy-text.ts";
import { refuse, refuseInput } from "./refused.ts";
import { EXIT, type ExitCode, type Terminal, table } from "./terminal.ts";

/** `orderseal policy diff`: which settings differ from those in force, and which orders that would decide differently. */
export const policyDiffCommand: Command = {
  name: "policy diff",
  usage: "policy diff [<file|->] [--json]",
  async run(args, terminal, installation) {
    const { values, positionals } = readArguments(this.usage, args, {}, { least: 0, most: 1 });
    const [path] = positionals;
    const named = path === undefined ? null : await readPolicyFile(path);
    if (named && !named.ok) return refuseInput(terminal, values.json, named.fault);
    return installation.use(async (open) => {
      const draft = named ? null : await open.ledger.openDraft();
      const body = named?.value ?? draft?.body;
      if (!body) return refuse(terminal, values.json, "no_policy_draft");
      const current = await open.ledger.currentPolicy();
      if (draft && draft.basedOn !== current.version) {
        terminal.err(
          `The draft was written against version ${draft.basedOn}; version ${current.version} is in force now.\n`,
        );
      }
      return values.json ? printOrders(open, current, body, terminal) : printAll(open, current, body, terminal);
    });
  },
};

/** For machines the orders alone, one a line: what is set they have in both documents. */
async function printOrders(
  open: OpenInstallation,
  current: Policy,
  body: PolicyBody,
  terminal: Terminal,
): Promise<ExitCode> {
  for await (const { order, account, before, after } of compareDecisions(open, current, nextOf(current, body))) {
    const line = { order, account, before: decisionLine(before), after: decisionLine(after) };
    terminal.out(`${JSON.stringify(line)}\n`);
  }
  return EXIT.done;
}

async function printAll(
  open: OpenInstallation,
  current: Policy,
  body: PolicyBody,
  terminal: Terminal,
): Promise<ExitCode> {
  const changed = changedSettings(current, body);
  if (changed.length === 0) terminal.out(`The settings are those of version ${current.version}.\n`);
  else terminal.out(table(changed.flatMap(({ setting, before, after }) => changeRows(setting, before, after))));
  let count = 0;
  for await (const { order, account, before, after } of compareDecisions(open, current, nextOf(current, body))) {
    count++;
    terminal.out(`${order}  ${account}  ${decisionText(before)} → ${decisionText(after)}\n`);
  }
  const orders = count === 1 ? "1 order" : `${count === 0 ? "No" : count} orders`;
  terminal.out(`${orders} would be decided differently.\n`);
  return EXIT.done;
}

function nextOf(current: Policy, body: PolicyBody): Policy {
  return { ...body, version: current.version + 1 };
}
