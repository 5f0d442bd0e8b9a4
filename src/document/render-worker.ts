import { setImmediate as turn } from "node:timers/promises";
import { openDocumentRenderer } from "./document-renderer.ts";
import type { RenderAnswer, RenderRequest } from "./render-messages.ts";
import { WARM_UP_SNAPSHOT } from "./warm-up-snapshot.ts";

// The child lives exactly as long as its parent: the channel closes even after a kill -9 of the parent.
process.on("disconnect", () => process.exit(0));
// Ctrl-C reaches the whole process group; documents under way are finished, and the parent decides when to end.
process.on("SIGINT", () => undefined);

const renderer = openDocumentRenderer();
renderer.draw({ kind: "contract", snapshot: WARM_UP_SNAPSHOT });
process.on("message", (request: RenderRequest) => void answer(request));
say({ kind: "ready" });

async function answer(request: RenderRequest): Promise<void> {
  const said = attempt(request);
  // Memory of the compiler is freed only when the event loop turns between two documents.
  await turn();
  say(said);
}

function attempt({ id, task }: RenderRequest): RenderAnswer {
  try {
    return { kind: "rendered", id, document: renderer.draw(task) };
  } catch (error) {
    return { kind: "failed", id, reason: error instanceof Error ? error.message : String(error) };
  }
}

function say(message: RenderAnswer): void {
  process.send?.(message);
}
