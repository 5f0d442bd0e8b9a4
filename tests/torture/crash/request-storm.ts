import { Agent, request as httpRequest } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

/** One request of the storm. */
export interface StormRequest {
  readonly url: string;
  readonly path: string;
  readonly apiKey: string;
  readonly idempotencyKey: string | null;
}

export interface StormFigures {
  /** How often each status was answered, retries included; 0: the connection broke. */
  readonly statuses: ReadonlyMap<number, number>;
  /** The numbers of contracts that the final answers named. */
  readonly numbers: ReadonlyMap<string, number>;
  /** What no final answer may be. */
  readonly failures: readonly string[];
  readonly mostAtOnce: number;
}

const LONGEST_MS = 1_800_000;

/**
 * Sends all of them at once, each over a connection of its own, and again where the answer says to ask later, until each
 * has the contract, or is told of it.
 */
export async function storm(requests: readonly StormRequest[]): Promise<StormFigures> {
  const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY });
  const statuses = new Map<number, number>();
  const numbers = new Map<string, number>();
  const failures: string[] = [];
  const until = performance.now() + LONGEST_MS;
  let atOnce = 0;
  let mostAtOnce = 0;

  const one = async (wanted: StormRequest): Promise<void> => {
    while (performance.now() < until) {
      mostAtOnce = Math.max(mostAtOnce, ++atOnce);
      const answer = await send(agent, wanted);
      atOnce -= 1;
      count(statuses, answer.status);
      if (answer.retryAfterMs === null) {
        conclude(answer);
        return;
      }
      await sleep(answer.retryAfterMs * (0.5 + Math.random()));
    }
    failures.push("a request got no final answer");
  };
  const conclude = ({ status, text }: Answer): void => {
    const [number] = /DEMO-\d{6}-\d{6}-[0-9A-Z]/.exec(text) ?? [];
    if (number !== undefined && [201, 202, 409].includes(status)) count(numbers, number);
    else failures.push(`a request was answered ${status}: ${text.slice(0, 300)}`);
  };
  await Promise.all(requests.map(one));
  agent.destroy();
  return { statuses, numbers, failures: [...new Set(failures)], mostAtOnce };
}

interface Answer {
  readonly status: number;
  readonly text: string;
  /** Null: this is the answer. */
  readonly retryAfterMs: number | null;
}

function send(agent: Agent, { url, path, apiKey, idempotencyKey }: StormRequest): Promise<Answer> {
  const headers = {
    authorization: `Bearer ${apiKey}`,
    "content-type": "application/json",
    ...(idempotencyKey === null ? {} : { "idempotency-key": idempotencyKey }),
  };
  return new Promise((resolve) => {
    const broken = (error: Error) => resolve({ status: 0, text: error.message, retryAfterMs: 500 });
    const request = httpRequest(url + path, { method: "POST", agent, headers }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (chunk: string) => {
        text += chunk;
      });
      response.on("error", broken).on("end", () => {
        const { "retry-after": later } = response.headers;
        const retryAfterMs = later === undefined ? null : Number(later) * 1_000;
        resolve({ status: response.statusCode ?? 0, text, retryAfterMs });
      });
    });
    request.on("error", broken).end("{}");
  });
}

function count<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
