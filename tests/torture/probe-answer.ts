import type { Call } from "../access/route-table.ts";
import type { Things } from "../access/things.ts";
import type { Caller } from "../http/caller.ts";

/** An answer as whoever probes compares it: all of it but what differs between any two answers. */
export interface Answer {
  readonly status: number;
  readonly headers: string;
  readonly text: string;
}

const OF_EVERY_ANSWER = new Set(["date", "content-length"]);

export async function answerTo(caller: Caller, { method, path, body }: Call): Promise<Answer> {
  const isPdf = Buffer.isBuffer(body);
  const headers = body === undefined ? {} : { "content-type": isPdf ? "application/pdf" : "application/json" };
  const sent = isPdf ? new Uint8Array(body) : JSON.stringify(body);
  const response = await caller.send(method, path, headers, body === undefined ? undefined : sent);
  const lines = [...response.headers].filter(([name]) => !OF_EVERY_ANSWER.has(name)).map((line) => line.join(": "));
  return { status: response.status, headers: lines.sort().join("\n"), text: await response.text() };
}

/** The answer with the names taken out that were asked for: it may repeat them, and must say nothing else. */
export function saidWithout({ status, headers, text }: Answer, things: Things): string {
  const names = Object.values(things).toSorted((left, right) => right.length - left.length);
  const said = names.reduce((left, name) => left.replaceAll(JSON.stringify(name).slice(1, -1), "…"), text);
  return `${status}\n${headers}\n${said}`;
}
