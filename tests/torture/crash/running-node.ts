import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import type { RenderPool } from "../../../src/document/render-pool.ts";
import type { Action, Death, FromNode, NodeOptions, ToNode } from "./node-messages.ts";

const KEPT_CHARACTERS = 4_000;

/** What came of an action: the answer, that the node died before it answered, or what it threw. */
type Acted =
  | { readonly kind: "done"; readonly answer: string; readonly steps: readonly string[] }
  | { readonly kind: "failed"; readonly reason: string; readonly passes: boolean }
  | { readonly kind: "died" };

/** A node of the service that can be killed. */
export interface CrashNode {
  readonly pid: number;
  /** Resolves when it serves; also (to false) when it died before. */
  readonly ready: Promise<boolean>;
  url(): string;
  act(action: Action, death?: Death | null): Promise<Acted>;
  /** The steps of its start. */
  startSteps(): readonly string[];
  kill(signal?: NodeJS.Signals): void;
  readonly ended: Promise<void>;
  exited(): boolean;
  /** Its last words, for a failure's report. */
  said(): string;
}

/** Loads the program of a node, which waits until it is told to begin. */
export function loadNode(script: string): ChildProcess {
  return fork(script, [], {
    // The harness is run from source, the node is not.
    execArgv: [],
    serialization: "advanced",
    env: { PATH: process.env.PATH, HOME: process.env.HOME },
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
}

export function startNode(child: ChildProcess, options: NodeOptions, renderers: Pick<RenderPool, "render">): CrashNode {
  let words = "";
  let url = "";
  let last = 0;
  const steps: string[] = [];
  const acting = new Map<number, (acted: Acted) => void>();
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    words = (words + text).slice(-KEPT_CHARACTERS);
  });
  const ended = once(child, "close").then(() => {
    for (const settle of acting.values()) settle({ kind: "died" });
  });
  const send = (message: ToNode) => {
    if (child.connected) child.send(message, () => {});
  };
  const settle = (id: number, acted: Acted) => {
    acting.get(id)?.(acted);
    acting.delete(id);
  };
  const served = new Promise<boolean>((resolve) => {
    child.on("message", (message: FromNode) => {
      if (message.kind === "ready") {
        url = message.url;
        steps.push(...message.steps);
        resolve(true);
      } else if (message.kind === "draw") void draw(renderers, message, send);
      else settle(message.id, message);
    });
    void ended.then(() => resolve(false));
  });
  send({ kind: "begin", options });
  return {
    pid: child.pid ?? 0,
    ready: served,
    url: () => url,
    act: (action, death = null) =>
      new Promise((resolve) => {
        if (!child.connected) return resolve({ kind: "died" });
        acting.set(++last, resolve);
        send({ kind: "act", id: last, action, death });
      }),
    startSteps: () => steps,
    kill: (signal = "SIGKILL") => void child.kill(signal),
    ended,
    exited: () => child.exitCode !== null || child.signalCode !== null,
    said: () => words,
  };
}

async function draw(
  renderers: Pick<RenderPool, "render">,
  { id, snapshot }: Extract<FromNode, { kind: "draw" }>,
  send: (message: ToNode) => void,
): Promise<void> {
  const document = await renderers.render(snapshot as Parameters<RenderPool["render"]>[0]);
  send({ kind: "drawn", id, document });
}
