import { join } from "node:path";
import { backUpTo, restoreFrom } from "../../src/backing-up.ts";
import type { Installation } from "../../src/cli/installation.ts";
import { runCommandLine } from "../../src/cli/run-command-line.ts";
import { languageOfTerminal } from "../../src/cli/terminal.ts";
import { diagnose } from "../../src/diagnose.ts";
import { openKeyDesk } from "../../src/document/key-desk.ts";
import { lookAtPages } from "../../src/document/pages/look-at-pages.ts";
import { instantOf } from "../../src/domain/time.ts";
import { drawSamples } from "../../src/draw-samples.ts";
import { openServices } from "../../src/services.ts";
import { SOURCES } from "../../src/sources/sources.ts";
import { testEnvironment } from "../test-server.ts";
import { workerCheckingProcess, workerRenderers, workerSealArtist } from "../worker-renderers.ts";
import { type CommandLine, linesOf, openCommandLine, type Run } from "./command-line.ts";

/**
 * The same commands on an installation that stays open: a process for each of some hundred command lines costs a minute
 * and shows nothing that the other tests of the command line do not. What is piped in or set still gets a process.
 */
export async function openResidentCommandLine(): Promise<CommandLine> {
  const processes = await openCommandLine();
  const environment = testEnvironment(definedOf(processes.settings));
  const services = await openServices(environment, {
    log: () => {},
    openRenderers: workerRenderers,
    sealArtist: workerSealArtist(),
    checking: workerCheckingProcess(),
  });
  const installation: Installation = {
    sources: async () => SOURCES,
    use: (work) => work(services),
    checkSeal: async (pdf) => services.seals.check(pdf, instantOf(Date.now())),
    serve: () => Promise.reject(new Error("not here")),
    drawSamples,
    lookAtPages,
    backUp: (path) => backUpTo(environment, path, () => {}),
    restore: (path) => restoreFrom(environment, path, () => {}),
    diagnose: (language) => diagnose(environment, { language }),
    keys: async () => openKeyDesk(join(environment.home, "keys")),
  };
  const run: CommandLine["run"] = async (args, options = {}) => {
    const { LANG = "en_US.UTF-8", LC_ALL, ...others } = options.settings ?? {};
    if (options.input || Object.keys(others).length > 0) return processes.run(args, options);
    const said = { out: "", err: "" };
    const terminal = {
      out: (text: string) => {
        said.out += text;
      },
      err: (text: string) => {
        said.err += text;
      },
      language: languageOfTerminal({ LANG, LC_ALL }),
    };
    const exitCode = await runCommandLine(args, terminal, installation);
    return { exitCode, ...said } satisfies Run;
  };
  return {
    ...processes,
    run,
    json: async <Shape>(args: readonly string[]) => {
      const { exitCode, out, err } = await run([...args, "--json"]);
      if (exitCode !== 0) throw new Error(`orderseal ${args.join(" ")} ended with ${exitCode}: ${err}`);
      return linesOf(out).map((line) => JSON.parse(line) as Shape);
    },
    remove: async () => {
      await services.close();
      await processes.remove();
    },
  };
}

function definedOf(settings: CommandLine["settings"]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(settings).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
