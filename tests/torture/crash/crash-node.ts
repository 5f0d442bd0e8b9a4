// A node of the service in a process of its own, which kills itself at the step that it is told; started by crash-site.ts.
import { BooksUnavailable } from "../../../src/application/books-unavailable.ts";
import { openArchiving } from "../../../src/archiving.ts";
import type { RenderPool } from "../../../src/document/render-pool.ts";
import type { DrawnDocument } from "../../../src/document/rendered-document.ts";
import { readEnvironment } from "../../../src/environment.ts";
import { type Schedule, startSchedule } from "../../../src/jobs/schedule.ts";
import { openServices, type Services } from "../../../src/services.ts";
import { deadlyFaults } from "./deadly-faults.ts";
import { perform } from "./node-actions.ts";
import type { FromNode, NodeOptions, ToNode } from "./node-messages.ts";

// The channel closes even when the harness is killed; nobody is left behind.
process.on("disconnect", () => process.exit(0));
const drawing = new Map<number, (document: DrawnDocument) => void>();
let start = () => {};
/** What is asked of a node before it is ready waits, as a connection to a port would that is not open yet. */
const started = new Promise<void>((resolve) => {
  start = resolve;
});
const options = await new Promise<NodeOptions>((resolve) => {
  process.on("message", (message: ToNode) => {
    if (message.kind === "begin") resolve(message.options);
    else if (message.kind === "act") void started.then(() => act(message));
    else {
      drawing.get(message.id)?.(message.document as DrawnDocument);
      drawing.delete(message.id);
    }
  });
});

// Everything that this process takes for the time follows: events, identifiers, certificates.
const trueNow = Date.now;
if (options.skewMs !== 0) Date.now = () => trueNow() + options.skewMs;

const environment = readEnvironment(options.settings, process.cwd());
if (!environment.ok) throw new Error(environment.fault);
const settings = environment.value;
const faults = deadlyFaults(options.startDeath);
const open = {
  log: (line: string) => console.error(line),
  renderProcesses: 1,
  faults,
  ...(options.ownRenderer ? {} : { openRenderers: async () => borrowedRenderers() }),
};
const running = options.http ? await startWithHttp() : await startWithoutHttp();
const issuing = await running.services.issuing();
const archiving = await openArchiving(settings, { ...running.services, ledger: running.services.scheduled }, open.log);
start();
// Those of the start alone: how many the schedule takes depends on when it is looked at.
say({ kind: "ready", url: running.url, steps: faults.takeBackground() });

interface Running {
  readonly services: Services;
  readonly schedule: Schedule;
  readonly url: string;
}

async function startWithHttp(): Promise<Running> {
  // Loaded by the nodes that listen: the rest of the product takes half as long to start.
  const { startService } = await import("../../../src/serve.ts");
  return startService(settings, open.log, open);
}

/** As a service starts and goes about its schedule, without its routes. */
async function startWithoutHttp(): Promise<Running> {
  const services = await openServices(settings, open);
  const ports = {
    ...(await services.issuing()),
    ledger: services.scheduled,
    access: services.access,
    retention: settings.retention,
  };
  await Promise.all((await services.keys.sellers()).map((seller) => services.keys.keys(seller, services.clock.now())));
  const schedule = startSchedule(ports, open.log);
  return { services, schedule, url: "" };
}

async function act({ id, action, death }: Extract<ToNode, { kind: "act" }>): Promise<void> {
  try {
    const { value, steps } = await faults.within(death, () => perform({ ...running, issuing, archiving }, action));
    say({ kind: "done", id, answer: value, steps });
  } catch (error) {
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
    say({ kind: "failed", id, reason, passes: error instanceof BooksUnavailable });
  }
}

/** The harness draws: the same renderer in a process that outlives this one, so that a thousand starts are affordable. */
function borrowedRenderers(): RenderPool {
  let last = 0;
  const never = () => Promise.reject(new Error("this node draws nothing but contracts"));
  return {
    render: (snapshot) =>
      new Promise((resolve) => {
        drawing.set(++last, resolve);
        say({ kind: "draw", id: last, snapshot });
      }),
    preview: never,
    checklist: never,
    pids: () => [],
    close: async () => {},
  };
}

function say(message: FromNode): void {
  process.send?.(message);
}
