import { describe, expect, test } from "vitest";
import { BooksUnavailable } from "./books-unavailable.ts";
import { failureText, failureTrace } from "./failure-text.ts";
import { StorageUnavailable } from "./object-faults.ts";

describe("what a log says of a failure", () => {
  test("is what we wrote ourselves for operators", () => {
    expect(failureText(new StorageUnavailable("no space left on /srv/objects"))).toBe(
      "StorageUnavailable: no space left on /srv/objects",
    );
    expect(failureText(new BooksUnavailable("unreachable", new Error("connect ECONNREFUSED 10.0.0.7:5432")))).toContain(
      "connect ECONNREFUSED 10.0.0.7:5432",
    );
    expect(failureText(new Error("contract DEMO-202611-000001-7 has no file"))).toBe(
      "Error: contract DEMO-202611-000001-7 has no file",
    );
  });

  test("is of the database's errors the code and what of the schema it names, without message and detail", () => {
    const error = Object.assign(new Error('duplicate key value: Key (name)=("张三") already exists.'), {
      ...{ severity: "ERROR", code: "23505", detail: "Key (name)=(张三)", table: "accounts", constraint: "one_name" },
      routine: "张三 x",
    });
    expect(failureText(error)).toBe("database error 23505, constraint one_name, table accounts");
    expect(failureTrace(error)).toMatch(/^database error 23505.*\n {4}at .*failure-text\.test\.ts:\d+:\d+/);
    expect(failureTrace(error)).not.toContain("张三");
  });

  test.each([
    ['no party is called "Zhang San"', 'Error: no party is called "…"'],
    ["no party is called 'Zhang San' here", 'Error: no party is called "…" here'],
    ["cannot read {name: Zhang San, id: 7}", "Error: cannot read {…}"],
    ["cannot be sent to zhang.san@example.com", "Error: cannot be sent to …"],
    ["自然人张三", "Error: …"],
    ["the number 13800138000 and 110101199003070013 and 91110105MA01ABCDEF", "Error: the number … and … and …"],
    ["Bearer osk_abc and osk_abcdef in the header", "Error: … and … in the header"],
    ["it can't be, it isn't", "Error: it can't be, it isn't"],
  ])("is of any other the message without what it quotes: %s", (message, said) => {
    expect(failureText(new Error(message))).toBe(said);
  });

  test.each([
    ["JSON.parse", () => JSON.parse("Zhang San")],
    ["BigInt", () => BigInt("Zhang San")],
    ["in", () => "life" in (JSON.parse('"Zhang San"') as object)],
  ])("is of the engine's own the place alone, since they quote values: %s", (_, work) => {
    let thrown: unknown;
    try {
      work();
    } catch (error) {
      thrown = error;
    }
    expect(String(thrown)).toContain("Zhang San");
    expect(failureText(thrown)).toMatch(/^(Syntax|Type)Error at /);
    expect(failureTrace(thrown)).not.toContain("Zhang");
  });

  test("is something also of what is no error, and of causes that have a code", () => {
    expect(failureText("张三 failed")).toBe("… failed");
    const cause = Object.assign(new Error("connect"), { code: "ECONNREFUSED" });
    expect(failureText(new TypeError("fetch failed", { cause }))).toMatch(/^TypeError ECONNREFUSED at /);
  });
});
