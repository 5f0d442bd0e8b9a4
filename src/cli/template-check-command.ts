import { join } from "node:path";
import { drawChecklist, drawPreview } from "../application/draw-drafts.ts";
import { CONTRACT_LANGUAGES, type ContractLanguage, type Localized } from "../domain/localized.ts";
import { emptyDetails } from "../domain/snapshot-parties.ts";
import { type Command, readArguments } from "./command.ts";
import { contactSheet, type SheetEntry } from "./contact-sheet.ts";
import type { DrawnSample, Installation, OpenInstallation } from "./installation.ts";
import { orderId } from "./orders-commands.ts";
import { makeOutputDirectory, writeOutput } from "./output-file.ts";
import { pageFaultText } from "./page-fault-text.ts";
import { refuse, refuseDecision, refuseInput } from "./refused.ts";
import { EXIT, type ExitCode, type Terminal, WrongUse } from "./terminal.ts";
import { contractLanguage, findWanted } from "./wanted-contract.ts";

const DEFAULT_DIRECTORY = "template-check";

/**
 * `orderseal template check`: draws every template with every sample order, or all languages of one real order, looks at
 * the pages, and keeps them as images beside one index.html. Exit 1 when something is wrong with one of them.
 */
export const templateCheckCommand: Command = {
  name: "template check",
  usage: "template check [--template T] [--language zh-CN+en|zh-CN|en] [--order ORDER] [-o DIRECTORY] [--json]",
  async run(args, terminal, installation) {
    const { values } = readArguments(
      this.usage,
      args,
      {
        template: { type: "string" },
        language: { type: "string" },
        order: { type: "string" },
        output: { type: "string", short: "o", default: DEFAULT_DIRECTORY },
      },
      { least: 0, most: 0 },
    );
    const { template, output, json } = values;
    if (template !== undefined && values.order !== undefined) {
      throw new WrongUse(`Name a template or an order, not both. Usage: orderseal ${this.usage}`);
    }
    const languages = values.language === undefined ? CONTRACT_LANGUAGES : [contractLanguage(values.language)];
    const report: Report = { installation, terminal, json, directory: output, entries: [], faulty: 0 };
    if (values.order !== undefined) {
      const order = orderId(values.order);
      return installation.use(async (open) => checkOrder(open, order, languages, report));
    }
    const templates = new Set<string>();
    const isWanted = (name: string): boolean => {
      templates.add(name);
      return template === undefined || isNamed(name, template);
    };
    for await (const sample of installation.drawSamples(languages, isWanted)) await check(sample, report);
    if (report.entries.length === 0) {
      throw new WrongUse(`There is no template "${template}"; there are ${[...templates].join(", ")}.`);
    }
    return finish(report);
  },
};

interface Report {
  readonly installation: Installation;
  readonly terminal: Terminal;
  readonly json: boolean;
  readonly directory: string;
  readonly entries: SheetEntry[];
  faulty: number;
}

/** "order/1" is named by "order/1" and by "order". */
function isNamed(template: string, wanted: string): boolean {
  return template === wanted || template.split("/")[0] === wanted;
}

/** The preview of the order, or its checklist where only that can be had (R15). */
async function checkOrder(
  open: OpenInstallation,
  order: ReturnType<typeof orderId>,
  languages: readonly ContractLanguage[],
  report: Report,
): Promise<ExitCode> {
  const { terminal, json } = report;
  const ports = await open.issuing();
  for (const language of languages) {
    const details = emptyDetails(language);
    const wanted = await findWanted(open, { kind: "order", order }, details);
    if (!wanted) return refuse(terminal, json, "order_not_found");
    const start = performance.now();
    const preview = await drawPreview(ports, wanted);
    const drawn = preview.kind === "refused" ? await drawChecklist(ports, wanted.account, order, details) : preview;
    if (drawn.kind === "invalid") return refuseInput(terminal, json, drawn.fault);
    if (drawn.kind === "drawn") {
      const template = preview.kind === "drawn" ? "preview" : "checklist";
      const ms = performance.now() - start;
      await check({ kind: "drawn", name: order, template, language, ms, pdf: drawn.pdf, warnings: [] }, report);
    } else if (preview.kind === "refused") return refuseDecision(terminal, json, preview.refuse);
    else return refuse(terminal, json, "order_not_found");
  }
  return finish(report);
}

/** Looks at one document, keeps its pages and says what was found. */
async function check(sample: DrawnSample, report: Report): Promise<void> {
  const { installation, terminal, json, directory, entries } = report;
  const name = `${sample.name}.${sample.language}`;
  const look = sample.kind === "drawn" ? await installation.lookAtPages(sample.pdf) : { images: [], faults: [] };
  const faults =
    sample.kind === "faulty"
      ? [sample.fault]
      : [...sample.warnings.map(inItsOwnWords), ...look.faults.map(pageFaultText)];
  const images = look.images.map((_, index) => `${name}.${index + 1}.png`);
  await makeOutputDirectory(directory);
  for (const [index, file] of images.entries()) await writeOutput(join(directory, file), look.images[index] ?? "");
  const said = faults.map((fault) => fault[terminal.language]);
  const measured = sample.kind === "drawn" ? { bytes: sample.pdf.length, ms: Math.round(sample.ms * 10) / 10 } : null;
  const facts = measured
    ? `${images.length} p · ${Math.round(measured.bytes / 1000)} kB · ${measured.ms.toFixed(1)} ms`
    : "–";
  entries.push({ name, facts: `${sample.template} · ${facts}`, faults: said, images });
  if (faults.length > 0) report.faulty += 1;
  if (json) {
    const { template, language } = sample;
    const figures = { pages: images.length, bytes: measured?.bytes ?? null, ms: measured?.ms ?? null };
    terminal.out(`${JSON.stringify({ name: sample.name, template, language, ...figures, faults: said })}\n`);
  } else {
    terminal.out(`${faults.length === 0 ? "✓" : "✗"} ${name}  ${sample.template} · ${facts}\n`);
    for (const sentence of said) terminal.out(`    ${sentence}\n`);
  }
}

function inItsOwnWords(warning: string): Localized {
  return { "zh-CN": `Typst：${warning}`, en: `Typst: ${warning}` };
}

async function finish({ terminal, json, directory, entries, faulty }: Report): Promise<ExitCode> {
  const sheet = join(directory, "index.html");
  await writeOutput(sheet, contactSheet(entries));
  const count = entries.length;
  const sentence = {
    "zh-CN": `共 ${count} 份文件，${faulty === 0 ? "未发现问题" : `${faulty} 份有问题`}；页面图片见 ${sheet}`,
    en: `${count} documents, ${faulty === 0 ? "nothing wrong" : `${faulty} with faults`}; their pages are in ${sheet}`,
  };
  if (!json) terminal.out(`${sentence[terminal.language]}\n`);
  return faulty === 0 ? EXIT.done : EXIT.refused;
}
