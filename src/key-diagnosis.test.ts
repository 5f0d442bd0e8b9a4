import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { fileKey, type KeyDirectory, makeKeyDirectory } from "./document/key-folder.fixture.ts";
import { openKeyRing } from "./document/key-ring.ts";
import { instantOf } from "./domain/time.ts";
import { diagnoseKeys } from "./key-diagnosis.ts";

let directory: KeyDirectory;
beforeEach(() => {
  directory = makeKeyDirectory();
});
afterEach(() => directory.remove());

/** What doctor says on that day. */
function doctorOn(day: string, language: "en" | "zh-CN" = "en") {
  return diagnoseKeys(openKeyRing(directory.path), instantOf(Date.parse(`${day}T00:00:00Z`)), language);
}

async function alarmOn(day: string): Promise<string | null> {
  const [seal] = await doctorOn(day);
  return seal?.ok ? null : (seal?.detail ?? "no check at all");
}

const untilOctober = { notAfter: new Date("2026-09-30T23:59:59Z") };

test("doctor lists every key with kind, algorithm, period, days left, and which one is in use", async () => {
  directory.put("old", fileKey(directory, untilOctober));
  directory.put("new", fileKey(directory, {}, { from: "2026-09-01T00:00:00Z" }));
  const { "certificate.pem": _, ...requested } = fileKey(directory);
  directory.put("requested", requested);
  expect(await doctorOn("2026-03-01")).toEqual([
    { name: "seal seller-1", ok: true, detail: "can seal until 2029-01-01T00:00:00Z, 1037 days from now" },
    {
      name: "key seller-1/new",
      ok: true,
      detail: "file, P-256, not in use yet, 2026-09-01T00:00:00Z – 2029-01-01T00:00:00Z, 1037 days left",
    },
    {
      name: "key seller-1/old",
      ok: true,
      detail: "file, P-256, in use, 2026-01-01T00:00:00Z – 2026-09-30T23:59:59Z, 213 days left",
    },
    {
      name: "key seller-1/requested",
      ok: true,
      detail:
        "file, It waits for its certificate; when you have it, run orderseal keys install --seller seller-1 --name requested certificate.pem.",
    },
  ]);
});

describe("doctor sounds the alarm", () => {
  test("when fewer than 30 days are left and there is no successor", async () => {
    directory.put("only", fileKey(directory, untilOctober));
    expect(await alarmOn("2026-08-31")).toBeNull();
    expect(await alarmOn("2026-09-02")).toBe(
      "seller-1 can seal until 2026-09-30T23:59:59Z, 28 days from now, and has no successor for its key; run orderseal keys request --seller seller-1, and orderseal keys install when the certificate is there.",
    );
    const [chinese] = await doctorOn("2026-09-02", "zh-CN");
    expect(chinese?.detail).toMatch(/^seller-1 的密钥将于 2026-09-30T23:59:59Z（28 天后）到期，尚无后续密钥；请执行/);
  });

  test("and a usable successor silences it, a broken one or one that waits for its certificate does not", async () => {
    directory.put("old", fileKey(directory, untilOctober));
    const successor = fileKey(directory, {}, { from: "2026-09-15T00:00:00Z" });
    directory.put("new", successor);
    expect(await alarmOn("2026-09-10")).toBeNull();
    directory.put("new", { ...successor, "key.pem": "nonsense" });
    expect(await alarmOn("2026-09-10")).toMatch(/has no successor/);
    const checks = await doctorOn("2026-09-10");
    expect(checks.find(({ name }) => name === "key seller-1/new")).toMatchObject({
      ok: false,
      detail: expect.stringMatching(/^file, P-256, Cannot read the private key/),
    });
  });

  test("when the successor begins only after the key has ended", async () => {
    directory.put("old", fileKey(directory, untilOctober));
    directory.put("new", fileKey(directory, {}, { from: "2026-10-02T00:00:00Z" }));
    expect(await alarmOn("2026-09-10")).toMatch(/and then not before 2026-10-02T00:00:00Z; let the successor begin/);
  });

  test("when the last key has ended, naming it", async () => {
    directory.put("old", fileKey(directory, untilOctober));
    expect(await alarmOn("2026-10-01")).toMatch(
      /^seller-1 cannot seal: its key old ended on 2026-09-30T23:59:59Z; run/,
    );
  });

  test("when there is no key that could be used", async () => {
    const { "certificate.pem": _, ...requested } = fileKey(directory);
    directory.put("requested", requested);
    expect(await alarmOn("2026-03-01")).toMatch(/^seller-1 cannot seal: none of its keys can be used now; run/);
  });
});
