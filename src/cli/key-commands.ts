import { writeFile } from "node:fs/promises";
import type { Actor } from "../application/ports.ts";
import { proposeSealKey } from "../application/propose-seal-key.ts";
import {
  KEY_STATE_TEXT,
  SEAL_KEY_ALGORITHMS,
  type SealKeyAlgorithm,
  type SealKeyLine,
} from "../application/seal-keys.ts";
import { isForeignId, parseSellerId, type SellerId } from "../domain/identifiers.ts";
import { type Instant, instantOf, isoOf, parseInstant } from "../domain/time.ts";
import { AS_PERSON, personOf } from "./acting-person.ts";
import { type Command, positional, readArguments } from "./command.ts";
import { givenFileUpTo } from "./given-file.ts";
import { givenText } from "./given-text.ts";
import type { Installation } from "./installation.ts";
import { proposed } from "./proposal-commands.ts";
import { refuse, refuseInput } from "./refused.ts";
import { EXIT, type ExitCode, type Terminal, table, WrongUse } from "./terminal.ts";

const LONGEST_NAME = 200;
const LARGEST_CERTIFICATES = 1024 * 1024;

export const keysListCommand: Command = {
  name: "keys list",
  usage: "keys list [--seller ID] [--json]",
  async run(args, terminal, installation) {
    const { values } = readArguments(this.usage, args, { seller: { type: "string" } }, { least: 0, most: 0 });
    const seller = values.seller === undefined ? null : givenSeller(values.seller);
    const lines = await (await installation.keys()).list(seller, now());
    if (values.json) for (const line of lines) terminal.out(`${JSON.stringify(jsonOf(line, terminal))}\n`);
    else terminal.out(table(lines.map((line) => rowOf(line, terminal))));
    return EXIT.done;
  },
};

export const keysRequestCommand: Command = {
  name: "keys request",
  usage:
    "keys request --seller ID [--name NAME] [--algorithm p256|rsa-2048|rsa-3072] [--organization NAME] [--country XX] [-o FILE] [--json]",
  async run(args, terminal, installation) {
    const { values } = readArguments(
      this.usage,
      args,
      {
        seller: { type: "string" },
        name: { type: "string" },
        algorithm: { type: "string", default: "p256" },
        organization: { type: "string" },
        country: { type: "string", default: "CN" },
        output: { type: "string", short: "o" },
      },
      { least: 0, most: 0 },
    );
    const seller = givenSeller(values.seller);
    const wanted = {
      seller,
      name: givenName(values.name ?? isoOf(now()).slice(0, "YYYY-MM-DD".length)),
      algorithm: givenAlgorithm(values.algorithm),
      countryCode: givenCountry(values.country),
    };
    const legalName =
      values.organization === undefined
        ? await nameInBooks(installation, seller)
        : givenText("--organization", values.organization, LONGEST_NAME);
    if (legalName === null) return refuse(terminal, values.json, "seller_not_found");
    const made = await (await installation.keys()).request({ ...wanted, legalName });
    if (!made.ok) return refuseInput(terminal, values.json, { field: "name", message: made.fault });
    const { folder, request } = made.value;
    if (values.output !== undefined && !(await saved(values.output, request, folder, terminal))) return EXIT.broken;
    const file = values.output ?? `${folder}/request.csr`;
    const { name } = wanted;
    if (values.json) terminal.out(`${JSON.stringify({ seller, name, folder, request: file })}\n`);
    else {
      terminal.out(
        {
          "zh-CN": `密钥 ${name} 已生成于 ${folder}\n证书申请：${file}；取得证书后执行 orderseal keys install --seller ${seller} --name ${name} certificate.pem\n`,
          en: `Key ${name} is in ${folder}\nSend ${file} to your certificate authority; then run: orderseal keys install --seller ${seller} --name ${name} certificate.pem\n`,
        }[terminal.language],
      );
    }
    return EXIT.done;
  },
};

export const keysInstallCommand: Command = {
  name: "keys install",
  usage: "keys install --seller ID --name NAME <certificate.pem> [--from INSTANT] [--as PERSON] [--json]",
  async run(args, terminal, installation) {
    const { values, positionals } = readArguments(
      this.usage,
      args,
      { seller: { type: "string" }, name: { type: "string" }, from: { type: "string" }, ...AS_PERSON },
      { least: 1, most: 1 },
    );
    const [seller, name, from] = [givenSeller(values.seller), givenName(values.name), givenFrom(values.from)];
    const file = await givenFileUpTo(LARGEST_CERTIFICATES, positional(positionals, 0));
    if (file === null) throw new WrongUse("A file with certificates is smaller than 1 MB; name the one in PEM.");
    const certificates = file.toString("utf8");
    const desk = await installation.keys();
    const installed = await desk.install({ seller, name, certificates, from }, now());
    if (!installed.ok) return refuseInput(terminal, values.json, { field: "certificate", message: installed.fault });
    if (desk.needsApproval()) return propose(installed.value, personOf(values.as), terminal, values.json, installation);
    if (values.json) terminal.out(`${JSON.stringify(jsonOf(installed.value, terminal))}\n`);
    else terminal.out(table([rowOf(installed.value, terminal)]));
    return EXIT.done;
  },
};

/** `orderseal keys propose`: for a key that was put there by other means than `keys install`. */
export const keysProposeCommand: Command = {
  name: "keys propose",
  usage: "keys propose --seller ID --name NAME [--as PERSON] [--json]",
  async run(args, terminal, installation) {
    const { values } = readArguments(
      this.usage,
      args,
      { seller: { type: "string" }, name: { type: "string" }, ...AS_PERSON },
      { least: 0, most: 0 },
    );
    const [seller, name] = [givenSeller(values.seller), givenName(values.name)];
    const line = (await (await installation.keys()).list(seller, now())).find((known) => known.name === name);
    if (!line) throw new WrongUse(`${seller} has no key named ${name}; see orderseal keys list.`);
    return propose(line, personOf(values.as), terminal, values.json, installation);
  },
};

async function propose(
  line: SealKeyLine,
  person: Actor,
  terminal: Terminal,
  json: boolean,
  { use }: Installation,
): Promise<ExitCode> {
  const outcome = await use((open) => proposeSealKey(open, person, line));
  if (outcome.kind === "proposed") return proposed(outcome.proposal, terminal, json);
  if (outcome.kind === "nothing_to_propose") return refuse(terminal, json, "key_without_certificate");
  if (json) terminal.out(`${JSON.stringify(jsonOf(line, terminal))}\n`);
  else terminal.out(table([rowOf(line, terminal)]));
  return EXIT.done;
}

function now(): Instant {
  return instantOf(Date.now());
}

function givenSeller(text: string | undefined): SellerId {
  const seller = text === undefined ? null : parseSellerId(text);
  if (!seller) throw new WrongUse("--seller needs the id of a seller.");
  return seller;
}

function givenName(text: string | undefined): string {
  // The same letters as the ids: a name is a folder.
  if (text === undefined || !isForeignId(text)) {
    throw new WrongUse("--name needs the name of a key: letters, digits, dots, dashes, underscores.");
  }
  return text;
}

function givenAlgorithm(text: string): SealKeyAlgorithm {
  const algorithm = SEAL_KEY_ALGORITHMS.find((known) => known === text);
  if (!algorithm) {
    throw new WrongUse(`--algorithm must be one of ${SEAL_KEY_ALGORITHMS.join(", ")}, not "${text.slice(0, 80)}".`);
  }
  return algorithm;
}

function givenCountry(text: string): string {
  if (!/^[A-Z]{2}$/.test(text)) throw new WrongUse("--country needs two capital letters, such as CN.");
  return text;
}

function givenFrom(text: string | undefined): Instant | null {
  if (text === undefined) return null;
  const from = parseInstant(text);
  if (from === null)
    throw new WrongUse('--from needs an instant with its offset, such as "2026-12-01T00:00:00+08:00".');
  return from;
}

function nameInBooks(installation: Installation, seller: SellerId): Promise<string | null> {
  return installation.use(async ({ ledger }) => (await ledger.seller(seller))?.legalName["zh-CN"] ?? null);
}

/** The key is made all the same, and the request lies beside it. */
async function saved(path: string, request: string, folder: string, terminal: Terminal): Promise<boolean> {
  try {
    await writeFile(path, request);
    return true;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    terminal.err(`${path} cannot be written (${reason}); the request is in ${folder}/request.csr.\n`);
    return false;
  }
}

function jsonOf(line: SealKeyLine, terminal: Terminal) {
  const { from, until, fault, ...rest } = line;
  return {
    ...rest,
    from: from === null ? null : isoOf(from),
    until: until === null ? null : isoOf(until),
    fault: fault?.[terminal.language] ?? null,
  };
}

function rowOf(line: SealKeyLine, { language }: Terminal): readonly string[] {
  const period = line.from === null || line.until === null ? "" : `${isoOf(line.from)} – ${isoOf(line.until)}`;
  const days =
    line.daysLeft === null ? "" : { "zh-CN": `还有 ${line.daysLeft} 天`, en: `${line.daysLeft} days` }[language];
  const { seller, name, kind, algorithm, state, fault } = line;
  return [
    seller,
    name,
    kind ?? "",
    algorithm ?? "",
    KEY_STATE_TEXT[state][language],
    period,
    days,
    fault?.[language] ?? "",
  ];
}
