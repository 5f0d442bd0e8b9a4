import { spawn } from "node:child_process";

/** The account PostgreSQL runs under when we are root; `null` in its place means "as ourselves". */
export type ServerUser = { name: string; uid: number; gid: number; home: string };

export type Finished = { succeeded: boolean; output: string };

const LONGEST_RUN_MS = 180_000;

/**
 * Runs a program to its end as `user` (null: as ourselves) and gives what it printed; never rejects. A program that
 * cannot be started, or runs longer than three minutes, has not succeeded and its output says why.
 */
export function runProgram(
  file: string,
  args: readonly string[],
  user: ServerUser | null,
  input = "",
): Promise<Finished> {
  return new Promise((resolve) => {
    const child = spawn(file, args, { cwd: "/", env: serverEnvironment(user), ...identity(user), stdio: "pipe" });
    let output = "";
    const keep = (chunk: string) => {
      output = (output + chunk).slice(-8000);
    };
    const timer = setTimeout(() => {
      keep(`\nended by us after ${LONGEST_RUN_MS / 1000} s`);
      child.kill("SIGKILL");
    }, LONGEST_RUN_MS);
    const finish = (succeeded: boolean) => {
      clearTimeout(timer);
      resolve({ succeeded, output: output.trim() });
    };
    child.stdout.setEncoding("utf8").on("data", keep);
    child.stderr.setEncoding("utf8").on("data", keep);
    // A program that ends without reading its input breaks the pipe; its exit status is the answer, not the EPIPE.
    child.stdin.on("error", () => {}).end(input);
    child.once("error", (error) => {
      keep(error.message);
      finish(false);
    });
    child.once("close", (code) => finish(code === 0));
  });
}

/**
 * The whole environment of the server and its tools. Nothing of ours is passed on: the server outlives us, its
 * environment can be read in /proc, and ours may hold keys. LC_ALL=C keeps its messages in English, which the
 * launcher reads, and stops macOS from turning the postmaster multithreaded.
 */
export function serverEnvironment(user: ServerUser | null): Record<string, string> {
  return {
    PATH: "/usr/local/bin:/usr/bin:/bin",
    HOME: user?.home ?? process.env.HOME ?? "/",
    LC_ALL: "C",
  };
}

/** The uid and gid options of `spawn`; Node drops the supplementary groups with them. */
export function identity(user: ServerUser | null): { uid?: number; gid?: number } {
  return user === null ? {} : { uid: user.uid, gid: user.gid };
}
