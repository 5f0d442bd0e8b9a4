import type { CheckingAnswer, CheckingRequest } from "./checking-messages.ts";
import { readDocument } from "./read-document.ts";
import { verifyDocument } from "./verify-document.ts";

// The child lives as long as its parent. A file under way when the parent dies is finished first, since the check does
// not yield; what a file may cost is bounded, so that this is seconds.
process.on("disconnect", () => process.exit(0));
// Both may be sent to the whole group: requests under way are answered, and the parent decides when to end.
process.on("SIGINT", () => undefined);
process.on("SIGTERM", () => undefined);

process.on("message", (request: CheckingRequest) => {
  say({ kind: "begun" });
  say(attempt(request));
});

function attempt(request: CheckingRequest): CheckingAnswer {
  try {
    if (request.kind === "read") return { kind: "read", reading: readDocument(request.pdf) };
    const { pdf, ...options } = request;
    return { kind: "judged", verdict: verifyDocument(pdf, options) };
  } catch (error) {
    return { kind: "failed", reason: error instanceof Error ? error.message : String(error) };
  }
}

function say(answer: CheckingAnswer): void {
  process.send?.(answer);
}
