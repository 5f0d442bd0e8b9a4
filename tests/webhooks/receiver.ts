import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A request as it came in. */
export interface Received {
  readonly id: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly event: {
    readonly id: string;
    readonly type: string;
    readonly subject: string;
    readonly account: string;
    readonly sequence: string;
    readonly data: Readonly<Record<string, unknown>>;
  };
}

/** How it answers; "hang" never does. */
export type Answer = number | "hang" | { readonly status: number; readonly headers: Readonly<Record<string, string>> };

/** A real web server on loopback that events are sent to. */
export interface Receiver {
  readonly url: string;
  readonly received: readonly Received[];
  /** From now on, by what came in. */
  answer(how: (received: Received) => Answer): void;
  /** The subjects of what it has answered with 2xx, in their order. */
  taken(): readonly string[];
  close(): Promise<void>;
}

export async function openReceiver(how: (received: Received) => Answer = () => 204): Promise<Receiver> {
  const received: Received[] = [];
  const taken: string[] = [];
  let current = how;
  const server = createServer((request, response) => {
    void read(request).then((one) => {
      received.push(one);
      const answer = current(one);
      if (answer === "hang") return;
      const { status, headers } = typeof answer === "number" ? { status: answer, headers: {} } : answer;
      if (status >= 200 && status < 300) taken.push(one.event.subject);
      reply(response, status, headers);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/hook`,
    received,
    answer: (next) => {
      current = next;
    },
    taken: () => taken,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

async function read(request: IncomingMessage): Promise<Received> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk as Uint8Array));
  const body = Buffer.concat(chunks).toString("utf8");
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
  return { id: headers["webhook-id"] ?? "", headers, body, event: JSON.parse(body) as Received["event"] };
}

function reply(response: ServerResponse, status: number, headers: Readonly<Record<string, string>>): void {
  response.writeHead(status, headers).end("thank you");
}
