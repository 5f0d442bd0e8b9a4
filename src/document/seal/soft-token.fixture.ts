import type { KeyObject } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RunJudge } from "../../../tests/judges.ts";

/** A token in software (SoftHSM 2), in a directory of its own: what stands for a hardware module in tests. */
export interface SoftToken {
  readonly module: string;
  readonly label: string;
  readonly pin: string;
  /** Puts a private key in under a label and an id. */
  hold(privateKey: KeyObject, label: string, id: string): void;
  /** Pulls the token out; `putBack` puts it back. */
  pullOut(): void;
  putBack(): void;
  remove(): void;
}

const MODULES = [
  "/usr/lib/softhsm/libsofthsm2.so",
  "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so",
  "/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so",
  "/usr/lib64/pkcs11/libsofthsm2.so",
  "/usr/local/lib/softhsm/libsofthsm2.so",
  "/opt/homebrew/lib/softhsm/libsofthsm2.so",
];

/** One for each process: the module reads its configuration when it is loaded, and never again. */
export function openSoftToken(softhsm: RunJudge): SoftToken {
  const module = MODULES.find((path) => existsSync(path));
  if (module === undefined)
    throw new Error(`softhsm2-util is here, but its library is at none of ${MODULES.join(", ")}`);
  const directory = mkdtempSync(join(tmpdir(), "orderseal-token-"));
  const tokens = join(directory, "tokens");
  mkdirSync(tokens);
  const configuration = join(directory, "softhsm2.conf");
  writeFileSync(configuration, `directories.tokendir = ${tokens}\nobjectstore.backend = file\nlog.level = ERROR\n`);
  process.env.SOFTHSM2_CONF = configuration;
  const [label, pin] = ["seller", "135791"];
  const run = (...commandLine: readonly string[]) => {
    const { exitCode, output } = softhsm(...commandLine);
    if (exitCode !== 0) throw new Error(`softhsm2-util ${commandLine[0]}: ${output}`);
  };
  run("--init-token", "--free", "--label", label, "--pin", pin, "--so-pin", "24681357");
  const [folder = ""] = readdirSync(tokens);
  const [inside, outside] = [join(tokens, folder), join(directory, "pulled-out")];
  return {
    module,
    label,
    pin,
    hold(privateKey, keyLabel, id) {
      const file = join(directory, "key.pem");
      writeFileSync(file, privateKey.export({ type: "pkcs8", format: "pem" }));
      run("--import", file, "--token", label, "--label", keyLabel, "--id", id, "--pin", pin);
      rmSync(file);
    },
    pullOut: () => renameSync(inside, outside),
    putBack: () => renameSync(outside, inside),
    remove: () => rmSync(directory, { recursive: true, force: true }),
  };
}
