import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { chown, mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { type TestHome, TestSuite } from "./test-home.fixture.ts";

const asRoot = process.getuid?.() === 0;
const SECRET = "a-secret-of-root-that-looks-like-a-password\nand its second line\n";
let suite: TestSuite;
let home: TestHome;
let outside: string;

beforeAll(async () => {
  suite = await TestSuite.make();
});
beforeEach(async () => {
  home = await suite.home();
  outside = join(dirname(home.directory), "outside");
});
afterEach(() => home.clear());
afterAll(() => suite.remove());

/** The home of an ordinary account, who may put into it what it likes before root opens it. */
function giveHomeToNobody(): number {
  const [uid = "", group = ""] = ["-u", "-g"].map((id) =>
    execFileSync("id", [id, "nobody"], { encoding: "utf8" }).trim(),
  );
  execFileSync("install", ["-d", "-o", uid, "-g", group, "-m", "700", home.directory]);
  return Number(uid);
}

async function refusal(): Promise<string> {
  return await home.open().then(
    () => "",
    (error: unknown) => String(error),
  );
}

test.skipIf(!asRoot).each([
  ["two lines", SECRET],
  ["one word", "a-secret-of-root-that-looks-like-a-password\n"],
])("under root a password file that links to a file of root (%s) is refused and not told", async (_, secret) => {
  giveHomeToNobody();
  await writeFile(outside, secret, { mode: 0o600 });
  await symlink(outside, join(home.directory, "password"));
  const said = await refusal();
  expect(said).toMatch(/password is a link or no regular file/);
  expect(said).not.toContain("a-secret");
  expect(readdirSync(home.directory).filter((name) => !name.startsWith("start-lock."))).toEqual(["password"]);
});

test.skipIf(!asRoot)(
  "under root a password file that links to nothing is refused and its target not made",
  async () => {
    giveHomeToNobody();
    await symlink(outside, join(home.directory, "password"));
    expect(await refusal()).toMatch(/password is a link or no regular file/);
    expect(existsSync(outside)).toBe(false);
  },
);

test.skipIf(!asRoot)("under root a file of root that was moved to the password's place is refused", async () => {
  giveHomeToNobody();
  await writeFile(join(home.directory, "password"), SECRET, { mode: 0o600 });
  expect(await refusal()).toMatch(/password is no file of its directory's owner/);
});

test.skipIf(!asRoot)("under root a log that is a link or a file of root is refused and stays as it is", async () => {
  giveHomeToNobody();
  const log = join(home.directory, "server.log");
  await symlink(outside, log);
  expect(await refusal()).not.toBe("");
  expect(existsSync(outside)).toBe(false);
  execFileSync("rm", [log]);
  await writeFile(log, SECRET, { mode: 0o600 });
  expect(await refusal()).toMatch(/server.log is no file of its directory's owner/);
  expect(statSync(log).uid).toBe(0);
  expect(await readFile(log, "utf8")).toBe(SECRET);
});

test.skipIf(!asRoot)("under root a version file that links to a file of root is refused and not told", async () => {
  const nobody = giveHomeToNobody();
  await mkdir(home.data, { mode: 0o700 });
  await chown(home.data, nobody, nobody);
  await writeFile(outside, SECRET, { mode: 0o600 });
  await symlink(outside, join(home.data, "PG_VERSION"));
  const said = await refusal();
  expect(said).toMatch(/PG_VERSION is a link/);
  expect(said).not.toContain("a-secret");
});

test.skipIf(!asRoot)("under root what is made in the home of an ordinary account belongs to it", async () => {
  const nobody = giveHomeToNobody();
  await home.open();
  const made = readdirSync(home.directory).filter((name) => !name.startsWith("start-lock."));
  expect(made.sort()).toEqual(["data", "password", "server.log"]);
  expect(made.map((name) => statSync(join(home.directory, name)).uid)).toEqual([nobody, nobody, nobody]);
});

test.each(["x'; drop table contracts; --", "short", "two lines of thirty-two characters\nand more"])(
  "a password file that holds no password is refused without telling what it holds: %s",
  async (text) => {
    await mkdir(home.directory, { mode: 0o700 });
    await writeFile(join(home.directory, "password"), text, { mode: 0o600 });
    const said = await refusal();
    expect(said).toMatch(/holds no database password: .* delete the file/);
    expect(said).not.toContain(text.slice(0, 5));
    expect(existsSync(home.data)).toBe(false);
  },
);

test("a password file that others may read is refused", async () => {
  await mkdir(home.directory, { mode: 0o700 });
  await writeFile(join(home.directory, "password"), `${"p".repeat(32)}\n`, { mode: 0o644 });
  expect(await refusal()).toMatch(/is open to other users: close it with chmod 600/);
});
