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
    const before = process.cpuUsage();
    if (request.kind === "read") {
      const reading = readDocument(request.pdf);
      return { kind: "read", reading, cpuMs: cpuMsSince(before) };
    }
    const { pdf, ...options } = request;
    const verdict = verifyDocument(pdf, options);
    return { kind: "judged", verdict, cpuMs: cpuMsSince(before) };
  } catch (error) {
    return { kind: "failed", reason: error instanceof Error ? error.message : String(error) };
  }
}

function cpuMsSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

function say(answer: CheckingAnswer): void {
  process.send?.(answer);
}
