import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { Type } from "typebox";
import { type RefusalCode, RULE_OF } from "../domain/refusal.ts";
import type { HttpDependencies } from "./dependencies.ts";
import { FAULT_TEXT, type FaultCode } from "./problem.ts";
import { sendFault } from "./problem-reply.ts";

/** What the `type` of every problem leads to: what happened and what to do, in both languages. */
export function problemPages({ problemPage }: HttpDependencies): FastifyPluginAsyncTypebox {
  return async (server) => {
    server.get(
      "/problems/:code",
      { config: { access: "anybody" }, schema: { hide: true, params: Type.Object({ code: Type.String() }) } },
      async (request, reply) => {
        reply.header("vary", "accept");
        // A browser gets the console, which shows the page in its reader's language; everything else gets the text.
        if ((request.headers.accept ?? "").includes("text/html")) return reply.callNotFound();
        const { code } = request.params;
        const page = isRefusal(code) ? await problemPage(code) : isFault(code) ? faultPage(code) : null;
        if (page === null) return sendFault(request, reply, "not_found");
        return reply.type("text/plain; charset=utf-8").header("cache-control", "public, max-age=3600").send(page);
      },
    );
  };
}

function faultPage(code: FaultCode): string {
  const { title, detail } = FAULT_TEXT[code];
  return `# ${title.en} · ${title["zh-CN"]}\n\n\`${code}\`\n\n${detail.en}\n\n${detail["zh-CN"]}\n`;
}

function isRefusal(code: string): code is RefusalCode {
  return Object.hasOwn(RULE_OF, code);
}

function isFault(code: string): code is FaultCode {
  return Object.hasOwn(FAULT_TEXT, code);
}
