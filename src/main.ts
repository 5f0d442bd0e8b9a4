import { join } from "node:path";
import type { Installation } from "./cli/installation.ts";
import { runCommandLine } from "./cli/run-command-line.ts";
import { EXIT, languageOfTerminal, type Terminal } from "./cli/terminal.ts";
import { type Environment, readEnvironment } from "./environment.ts";

/** The command line: everything that Orderseal does begins here. */
async function main(): Promise<void> {
  const terminal: Terminal = {
    out: (text) => process.stdout.write(text),
    err: (text) => process.stderr.write(text),
    language: languageOfTerminal(process.env),
    // Back to the start of the line, and empty it.
    ...(process.stderr.isTTY ? { progress: (text: string) => process.stderr.write(`\r\u001b[K${text}`) } : {}),
  };
  const environment = readEnvironment(process.env, process.cwd());
  if (!environment.ok) {
    terminal.err(`${environment.fault}\n`);
    process.exitCode = EXIT.wrongUse;
    return;
  }
  const installation = installationOf(environment.value, terminal);
  process.exitCode = await runCommandLine(process.argv.slice(2), terminal, installation);
}

/** Everything is loaded when it is wanted: most commands need neither server nor database, and should not wait for their modules. */
function installationOf(environment: Environment, terminal: Terminal): Installation {
  const log = (line: string) => terminal.err(`${line}\n`);
  const use: Installation["use"] = async (work) => {
    const { openServices } = await import("./services.ts");
    const services = await openServices(environment, { log, renderProcesses: 1 });
    try {
      return await work(services);
    } finally {
      await services.close();
    }
  };
  return {
    sources: async () => (await import("./sources/sources.ts")).SOURCES,
    use,
    checkSeal: async (pdf, trust) =>
      (await import("./offline-check.ts")).checkOffline(pdf, join(environment.home, "keys"), trust),
    serve: async (print) => (await import("./serve.ts")).serve(environment, print),
    backUp: async (path) => (await import("./backing-up.ts")).backUpTo(environment, path, log),
    restore: async (path) => (await import("./backing-up.ts")).restoreFrom(environment, path, log),
    diagnose: async (language) => (await import("./diagnose.ts")).diagnose(environment, { language }),
    async keys() {
      const [{ openKeyDesk }, { areDemoKeys }] = await Promise.all([
        import("./document/key-desk.ts"),
        import("./document/demo-keys.ts"),
      ]);
      const directory = join(environment.home, "keys");
      // Who has approved them is in the books, which are opened for that only where it matters.
      const approved = async () => (areDemoKeys(directory) ? null : use(({ ledger }) => ledger.approvedSealKeys()));
      return openKeyDesk(directory, approved);
    },
    async *drawSamples(...wanted) {
      const { drawSamples } = await import("./draw-samples.ts");
      yield* drawSamples(...wanted);
    },
    lookAtPages: async (pdf) => (await import("./document/pages/look-at-pages.ts")).lookAtPages(pdf),
  };
}

/** A reader that has seen enough (`| head`) is no failure; we go on and close what is open. */
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
}

await main();
