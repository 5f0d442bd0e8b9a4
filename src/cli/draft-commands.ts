import { type DrawnChecklist, drawChecklist, drawPreview } from "../application/draw-drafts.ts";
import { type Command, positional, readArguments } from "./command.ts";
import { orderId } from "./orders-commands.ts";
import { writeOutput } from "./output-file.ts";
import { refuse, refuseDecision, refuseInput } from "./refused.ts";
import { EXIT, type ExitCode, type Terminal } from "./terminal.ts";
import {
  DETAIL_OPTIONS,
  DETAIL_USAGE,
  findWanted,
  givenDetails,
  type NamedSubject,
  namedSubject,
} from "./wanted-contract.ts";

/** `orderseal preview`: watermarked, unsealed; occupies nothing and is kept nowhere but in the file (R21). */
export const previewCommand: Command = {
  name: "preview",
  usage: `preview <order> | --bill <account>/<YYYY-MM> ${DETAIL_USAGE} [--json]`,
  async run(args, terminal, installation) {
    const { values, positionals } = readArguments(
      this.usage,
      args,
      { ...DETAIL_OPTIONS, bill: { type: "string" } },
      { least: 0, most: 1 },
    );
    const subject = namedSubject(positionals, values.bill, this);
    const details = givenDetails(values);
    if (!details.ok) return refuseInput(terminal, values.json, details.fault);
    return installation.use(async (open) => {
      const wanted = await findWanted(open, subject, details.value);
      const drawn = wanted ? await drawPreview(await open.issuing(), wanted) : ({ kind: "not_found" } as const);
      const name = subject.kind === "order" ? subject.order : `${subject.account}-${subject.cycle}`;
      return report(drawn, subject, values.output ?? `preview-${name}.pdf`, terminal, values.json);
    });
  },
};

/** `orderseal checklist`: what an unpaid order is for; no contract, no seal, and it says so (R15). */
export const checklistCommand: Command = {
  name: "checklist",
  usage: `checklist <order> ${DETAIL_USAGE} [--json]`,
  async run(args, terminal, installation) {
    const { values, positionals } = readArguments(this.usage, args, DETAIL_OPTIONS, { least: 1, most: 1 });
    const order = orderId(positional(positionals, 0));
    const details = givenDetails(values);
    if (!details.ok) return refuseInput(terminal, values.json, details.fault);
    return installation.use(async (open) => {
      const account = await open.ledger.accountOfOrder(order);
      const drawn = account
        ? await drawChecklist(await open.issuing(), account, order, details.value)
        : ({ kind: "not_found" } as const);
      const subject = { kind: "order", order } as const;
      return report(drawn, subject, values.output ?? `checklist-${order}.pdf`, terminal, values.json);
    });
  },
};

async function report(
  drawn: DrawnChecklist,
  subject: NamedSubject,
  file: string,
  terminal: Terminal,
  json: boolean,
): Promise<ExitCode> {
  switch (drawn.kind) {
    case "drawn": {
      await writeOutput(file, drawn.pdf);
      const named =
        subject.kind === "order" ? { order: subject.order, bill: null } : { order: null, ...billOf(subject) };
      terminal.out(json ? `${JSON.stringify({ ...named, file })}\n` : `${file}\n`);
      return EXIT.done;
    }
    case "refused":
      return refuseDecision(terminal, json, drawn.refuse);
    case "invalid":
      return refuseInput(terminal, json, drawn.fault);
    case "not_unpaid":
      return refuse(terminal, json, "checklist_of_unpaid_orders_only");
    case "not_found":
      return refuse(terminal, json, subject.kind === "bill" ? "bill_not_found" : "order_not_found");
  }
}

function billOf({ account, cycle }: Extract<NamedSubject, { kind: "bill" }>) {
  return { account, bill: cycle };
}
