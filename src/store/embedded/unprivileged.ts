import { readFile } from "node:fs/promises";
import { EmbeddedPostgresError } from "./embedded-postgres-error.ts";
import { runProgram, type ServerUser } from "./program.ts";

const PREFERRED = ["postgres", "_postgres", "nobody"];

/** PostgreSQL refuses to run as root, so root picks another account for it. */
export function weAreRoot(): boolean {
  return process.getuid?.() === 0;
}

/**
 * The account for a new database when we are root: the owner of its directory if that is an ordinary account (who
 * can then open it without us), else `postgres`, else `nobody`. Throws when the host has none of them.
 */
export async function chooseServerUser(directoryOwner: number): Promise<ServerUser> {
  const accounts = await readAccounts();
  const owner = accounts.find((account) => account.uid === directoryOwner && account.uid !== 0);
  if (owner) return owner;
  for (const name of PREFERRED) {
    const found = accounts.find((account) => account.name === name && account.uid !== 0);
    if (found) return found;
  }
  throw new EmbeddedPostgresError(
    "PostgreSQL refuses to run as root and /etc/passwd names neither postgres nor nobody: run Orderseal as an ordinary user, or set DATABASE_URL.",
  );
}

/** The account that owns existing data. It need not be in /etc/passwd: the server itself asks only for the numbers. */
export async function userWithId(uid: number, gid: number): Promise<ServerUser> {
  const known = (await readAccounts()).find((account) => account.uid === uid);
  return known ?? { name: `uid ${uid}`, uid, gid, home: "/" };
}

/** The name for messages: from /etc/passwd, or the number. */
export async function nameOfUser(uid: number): Promise<string> {
  return (await userWithId(uid, uid)).name;
}

/**
 * Whether the account may pass a check of test(1), such as `-x` on a directory it must enter. Asked of the system by
 * a process of that account, because mode bits alone miss ACLs, root-squashed mounts and security modules.
 */
export async function userMay(user: ServerUser, check: "-x" | "-r", path: string): Promise<boolean> {
  return (await runProgram("/bin/sh", ["-c", 'test "$1" "$2"', "sh", check, path], user)).succeeded;
}

/** Throws one sentence when this root may not change its user, as in a container without CAP_SETUID. */
export async function requireChangeOfUser(user: ServerUser): Promise<void> {
  const tried = await runProgram("/bin/sh", ["-c", ":"], user);
  if (tried.succeeded) return;
  throw new EmbeddedPostgresError(
    `PostgreSQL refuses to run as root and this root may not become ${user.name} (${tried.output}): run Orderseal as an ordinary user, or set DATABASE_URL.`,
  );
}

async function readAccounts(): Promise<ServerUser[]> {
  const text = await readFile("/etc/passwd", "utf8").catch(() => "");
  return text.split("\n").flatMap((line) => {
    const [name = "", , uid = "", gid = "", , home = "/"] = line.split(":");
    return /^-?\d+$/.test(uid) && /^-?\d+$/.test(gid) && !name.startsWith("#")
      ? [{ name, uid: Number(uid), gid: Number(gid), home }]
      : [];
  });
}
