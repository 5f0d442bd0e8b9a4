import { type Collection, collectOrphans } from "../application/collect-orphans.ts";
import type { Localized } from "../domain/localized.ts";
import { type Command, readArguments } from "./command.ts";
import { OPERATOR } from "./operator.ts";
import { EXIT } from "./terminal.ts";

/** `orderseal objects collect`: what the service does by itself now and then, at once. */
export const objectsCollectCommand: Command = {
  name: "objects collect",
  usage: "objects collect [--dry-run] [--json]",
  async run(args, terminal, installation) {
    const { values } = readArguments(
      this.usage,
      args,
      { "dry-run": { type: "boolean", default: false } },
      { least: 0, most: 0 },
    );
    const isDryRun = values["dry-run"];
    return installation.use(async (open) => {
      const collected = await collectOrphans(open, OPERATOR, { isDryRun });
      const said = values.json
        ? JSON.stringify({ isDryRun, ...collected })
        : (isDryRun ? plannedText : collectedText)(collected)[terminal.language];
      terminal.out(`${said}\n`);
      return EXIT.done;
    });
  },
};

function collectedText({ lookedAt, setAside, restored, discarded, remains }: Collection): Localized {
  return {
    "zh-CN": `共检查 ${lookedAt} 个文件：移出 ${setAside.length} 个无引用的文件（一天后删除），删除 ${discarded.length} 个，移回 ${restored.length} 个，清除 ${remains} 个未写完的文件。`,
    en: `Of ${lookedAt} files nobody refers to ${setAside.length}: set aside, to be discarded in a day. ${discarded.length} set aside earlier were discarded, ${restored.length} put back, ${remains} unfinished ones removed.`,
  };
}

function plannedText({ lookedAt, setAside, restored, discarded }: Collection): Localized {
  return {
    "zh-CN": `共检查 ${lookedAt} 个文件，未作任何改动。正式执行时：移出 ${setAside.length} 个无引用的文件，删除 ${discarded.length} 个此前移出的文件，移回 ${restored.length} 个。`,
    en: `Nothing was changed. Of ${lookedAt} files ${setAside.length} would be set aside, since nobody refers to them; of those set aside earlier ${discarded.length} would be discarded and ${restored.length} put back.`,
  };
}
