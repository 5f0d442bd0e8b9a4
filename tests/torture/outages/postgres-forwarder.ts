import { connect, createServer, type Server, type Socket } from "node:net";
import pg from "pg";
import { messageReader } from "./wire-messages.ts";

export interface PostgresForwarder {
  /** Of the same database, by way of the forwarder. */
  readonly url: string;
  /** From now on, the connection over which the application sends its n-th statement (from 1) is cut there, once. */
  cutAt(cut: Cut): void;
  /** Whether it was made. */
  isCut(): boolean;
  /** No cut any more; whether it was made, and the statements of the application since it was asked for. */
  endCut(): { readonly done: boolean; readonly statements: readonly string[] };
  /** As if the server had gone: every connection is cut, and new ones are refused until `comeBack`. */
  goAway(): void;
  comeBack(): void;
  close(): Promise<void>;
}

export interface Cut {
  /** As the connection calls itself (`application_name`). */
  readonly application: string;
  readonly statement: number;
  /** `before`: the server never sees it. `after`: the server has done it, and nobody hears of that. */
  readonly when: "before" | "after";
}

/** Stands between the service and a real PostgreSQL and passes on what they say, as long as it is let. */
export async function openForwarder(targetUrl: string): Promise<PostgresForwarder> {
  const target = new pg.Client({ connectionString: targetUrl });
  const watch = new Watch();
  const open = new Set<Socket>();
  let isAway = false;
  const server = createServer((near) => {
    if (isAway) return near.destroy();
    const far = target.host.startsWith("/")
      ? connect(`${target.host}/.s.PGSQL.${target.port}`)
      : connect(target.port, target.host);
    for (const socket of [near, far]) open.add(socket);
    const cut = () => {
      for (const socket of [near, far]) {
        socket.destroy();
        open.delete(socket);
      }
    };
    for (const socket of [near, far]) socket.on("error", cut).on("close", cut);
    passOn(near, far, watch, cut);
    return undefined;
  });
  const port = await listen(server);
  const credentials = [target.user ?? "", target.password ?? ""].map(encodeURIComponent).join(":");
  const cutAll = () => {
    for (const socket of open) socket.destroy();
  };
  return {
    url: `postgres://${credentials}@127.0.0.1:${port}/${target.database}`,
    cutAt: (cut) => watch.begin(cut),
    isCut: () => watch.done,
    endCut: () => watch.end(),
    goAway: () => {
      isAway = true;
      cutAll();
    },
    comeBack: () => {
      isAway = false;
    },
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      cutAll();
      await closed;
    },
  };
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      if (address === null || typeof address === "string") reject(new Error("no port"));
      else resolve(address.port);
    });
  });
}

/** Counts statements, and says where to cut. */
class Watch {
  #cut: Cut | null = null;
  done = false;
  #statements: string[] = [];

  begin(cut: Cut): void {
    this.#cut = cut;
    this.done = false;
    this.#statements = [];
  }

  end() {
    const made = { done: this.done, statements: this.#statements };
    this.#cut = null;
    this.done = false;
    return made;
  }

  /** Where to cut around this statement; null: nowhere. */
  sees(application: string, statement: string): Cut["when"] | null {
    const cut = this.#cut;
    if (cut === null || cut.application !== application) return null;
    this.#statements.push(statement);
    if (this.done || this.#statements.length !== cut.statement) return null;
    this.done = true;
    return cut.when;
  }
}

function passOn(near: Socket, far: Socket, watch: Watch, cut: () => void): void {
  let application: string | null = null;
  let isWithheld = false;
  const asked = messageReader("frontend");
  const answered = messageReader("backend");
  near.on("data", (chunk) => {
    for (const { kind, bytes, text } of asked(chunk)) {
      if (kind === "startup") application = /application_name\0([^\0]*)\0/.exec(text)?.[1] ?? "";
      const isStatement = kind === "Q" || kind === "P";
      const when = isStatement ? watch.sees(application ?? "", text) : null;
      if (when === "before") return cut();
      if (when === "after") isWithheld = true;
      far.write(bytes);
    }
  });
  far.on("data", (chunk) => {
    if (!isWithheld) near.write(chunk);
    // Ready for the next statement: this one is done, down to its disk.
    for (const { kind } of answered(chunk)) if (isWithheld && kind === "Z") cut();
  });
}
