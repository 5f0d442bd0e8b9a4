import { collectOrphans } from "../application/collect-orphans.ts";
import { type Command, readArguments } from "./command.ts";
import { OPERATOR } from "./operator.ts";
import { EXIT } from "./terminal.ts";

/** `orderseal objects collect`: what the service does by itself now and then, at once. */
export const objectsCollectCommand: Command = {
  name: "objects collect",
  usage: "objects collect [--dry-run] [--json]",
  summary: "take away files that nobody refers to: set aside after a day, discarded after another",
  async run(args, terminal, installation) {
    const { values } = readArguments(
      this.usage,
      args,
      { "dry-run": { type: "boolean", default: false } },
      { least: 0, most: 0 },
    );
    const isDryRun = values["dry-run"];
    return installation.use(async (open) => {
      const { setAside, restored, discarded, remains } = await collectOrphans(open, OPERATOR, { isDryRun });
      if (values.json) terminal.out(`${JSON.stringify({ isDryRun, setAside, restored, discarded, remains })}\n`);
      else {
        const would = isDryRun ? "Would have been: " : "";
        terminal.out(
          `${would}${setAside.length} set aside, ${restored.length} restored, ${discarded.length} discarded.\n`,
        );
      }
      return EXIT.done;
    });
  },
};
