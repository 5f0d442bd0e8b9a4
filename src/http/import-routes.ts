import { Readable } from "node:stream";
import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { Type } from "typebox";
import { type ImportOutcome, importOrders } from "../application/import-orders.ts";
import type { Language } from "../domain/localized.ts";
import { actorOf } from "./authentication.ts";
import type { HttpDependencies } from "./dependencies.ts";
import { languageOf } from "./language.ts";
import { sendFault } from "./problem-reply.ts";
import { answers } from "./schemas.ts";

/** POST /v1/orders:import — orders as NDJSON, answered line by line while they come in. */
export function importRoutes(dependencies: HttpDependencies): FastifyPluginAsyncTypebox {
  return async (server) => {
    // The stream is read by the route, line by line: no limit on the whole, one on each line.
    server.removeAllContentTypeParsers();
    server.addContentTypeParser(["application/x-ndjson", "application/jsonl"], (_request, payload, done) =>
      done(null, payload),
    );
    server.post(
      "/v1/orders::import",
      {
        config: { access: "orders:write" },
        schema: {
          operationId: "importOrders",
          tags: ["orders"],
          consumes: ["application/x-ndjson"],
          response: answers({
            200: {
              description: "One line for each order: created, updated, unchanged, stale, or refused and why",
              content: { "application/x-ndjson": { schema: Type.String() } },
            },
          }),
        },
      },
      async (request, reply) => {
        const seller = await dependencies.ledger.defaultSeller();
        if (!seller || !(request.body instanceof Readable)) return sendFault(request, reply, "unsupported_media_type");
        const entries = dependencies.ndjson(request.body, { account: null, seller: seller.id });
        const outcomes = importOrders(dependencies, actorOf(request), entries);
        const answer = Readable.from(lines(outcomes, languageOf(request)));
        return reply.type("application/x-ndjson; charset=utf-8").send(answer);
      },
    );
  };
}

async function* lines(outcomes: AsyncIterable<ImportOutcome>, language: Language): AsyncIterable<string> {
  for await (const outcome of outcomes) yield `${JSON.stringify(importLine(outcome, language))}\n`;
}

function importLine(outcome: ImportOutcome, language: Language) {
  const { line, order } = outcome;
  if (outcome.outcome !== "refused") return { line, order, outcome: outcome.outcome };
  const { field, message } = outcome.fault;
  return { line, order, outcome: "refused", field, detail: message[language] };
}
