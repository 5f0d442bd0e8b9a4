import { type Command, readArguments } from "./command.ts";
import { refuse, refuseInput } from "./refused.ts";
import { EXIT, table } from "./terminal.ts";
import { readWordingFile } from "./wording-file.ts";
import { changedWordingRows, SELLER_OPTION, sellerOf } from "./wording-text.ts";

/** `orderseal wording diff`: which sentences differ from those that new contracts get now. */
export const wordingDiffCommand: Command = {
  name: "wording diff",
  usage: "wording diff [<file|->] [--seller ID] [--json]",
  async run(args, terminal, installation) {
    const { values, positionals } = readArguments(this.usage, args, SELLER_OPTION, { least: 0, most: 1 });
    const [path] = positionals;
    const named = path === undefined ? null : await readWordingFile(path);
    if (named && !named.ok) return refuseInput(terminal, values.json, named.fault);
    return installation.use(async ({ ledger }) => {
      const seller = await sellerOf(ledger, values.seller);
      const current = seller && (await ledger.currentWording(seller));
      if (!seller || !current) return refuse(terminal, values.json, "seller_not_found");
      const draft = named ? null : await ledger.openWordingDraft(seller);
      const body = named?.value ?? draft?.body;
      if (!body) return refuse(terminal, values.json, "no_wording_draft");
      if (draft && draft.basedOn !== current.version) {
        terminal.err(
          `The draft was written against version ${draft.basedOn}; version ${current.version} is in force now.\n`,
        );
      }
      const rows = changedWordingRows(current, body);
      if (values.json) {
        for (const [change, clause, text] of rows) {
          terminal.out(`${JSON.stringify({ change: change === "-" ? "gone" : "come", clause, text })}\n`);
        }
      } else {
        terminal.out(rows.length === 0 ? `The clauses are those of version ${current.version}.\n` : table(rows));
      }
      return EXIT.done;
    });
  },
};
