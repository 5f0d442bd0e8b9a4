import { describe, expect, test } from "vitest";
import { BooksUnavailable } from "./books-unavailable.ts";
import { Turns } from "./turns.ts";

/** Work that ends when it is told to. */
function heldWork(name: string, log: string[]) {
  let release = (_fails: boolean) => {};
  const told = new Promise<boolean>((resolve) => {
    release = resolve;
  });
  const work = async () => {
    log.push(`${name} begins`);
    if (await told) throw new Error(`${name} fails`);
    log.push(`${name} ends`);
    return name;
  };
  return { work, end: () => release(false), fail: () => release(true) };
}

describe("turns", () => {
  test("whoever wants the same goes one after the other, in the order in which they asked", async () => {
    const [turns, log] = [new Turns(), [] as string[]];
    const first = heldWork("first", log);
    const second = heldWork("second", log);
    const both = Promise.all([turns.take("order", first.work), turns.take("order", second.work)]);
    second.end();
    first.end();
    expect(await both).toEqual(["first", "second"]);
    expect(log).toEqual(["first begins", "first ends", "second begins", "second ends"]);
  });

  test("whoever wants something else does not wait", async () => {
    const [turns, log] = [new Turns(), [] as string[]];
    const held = heldWork("held", log);
    const waiting = turns.take("order", held.work);
    expect(await turns.take("another", async () => "at once")).toBe("at once");
    held.end();
    expect(await waiting).toBe("held");
  });

  test("the next one's turn comes also when the one before fails", async () => {
    const [turns, log] = [new Turns(), [] as string[]];
    const failing = heldWork("failing", log);
    const failed = turns.take("order", failing.work);
    const next = turns.take("order", async () => "next");
    failing.fail();
    await expect(failed).rejects.toThrow("failing fails");
    expect(await next).toBe("next");
  });

  test("who has waited too long is told that much is asked at once, and has done nothing", async () => {
    const [turns, log] = [new Turns(0), [] as string[]];
    const slow = heldWork("slow", log);
    const first = turns.take("order", slow.work);
    const late = turns.take("order", async () => log.push("late")).catch((error: unknown) => error);
    await new Promise((resolve) => setTimeout(resolve, 5));
    slow.end();
    await first;
    expect(await late).toBeInstanceOf(BooksUnavailable);
    expect(log).toEqual(["slow begins", "slow ends"]);
  });
});
