import { readFile } from "node:fs/promises";
import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { Type } from "typebox";
import { RULE_OF } from "../domain/refusal.ts";
import { FAULT_TEXT, type FaultCode } from "./problem.ts";
import { sendFault } from "./problem-reply.ts";

const PAGES = new URL("../../docs/problems/", import.meta.url);

/** What the `type` of every problem leads to: what happened and what to do, in both languages. */
export const problemPages: FastifyPluginAsyncTypebox = async (server) => {
  server.get(
    "/problems/:code",
    { config: { access: "anybody" }, schema: { hide: true, params: Type.Object({ code: Type.String() }) } },
    async (request, reply) => {
      const { code } = request.params;
      const page = await pageOf(code);
      if (page === null) return sendFault(request, reply, "not_found");
      return reply.type("text/plain; charset=utf-8").header("cache-control", "public, max-age=3600").send(page);
    },
  );
};

async function pageOf(code: string): Promise<string | null> {
  if (Object.hasOwn(RULE_OF, code)) return readFile(new URL(`${code}.md`, PAGES), "utf8");
  if (!isFault(code)) return null;
  const { title, detail } = FAULT_TEXT[code];
  return `# ${title.en} · ${title["zh-CN"]}\n\n\`${code}\`\n\n${detail.en}\n\n${detail["zh-CN"]}\n`;
}

function isFault(code: string): code is FaultCode {
  return Object.hasOwn(FAULT_TEXT, code);
}
