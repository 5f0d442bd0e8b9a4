import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { Type } from "typebox";
import { answerOnce } from "../application/answer-once.ts";
import { draftWording, publishWording, withdrawWording } from "../application/change-wording.ts";
import { FIRST_ANSWERS } from "../application/first-answers.ts";
import { parseWordingDocument, WordingDocument } from "../application/wording-document.ts";
import { parseSellerId } from "../domain/identifiers.ts";
import { actorOf } from "./authentication.ts";
import type { HttpDependencies } from "./dependencies.ts";
import { IdempotencyHeader, repeatableRequest } from "./idempotency-key.ts";
import { LookedOver } from "./policy-json.ts";
import { sendFault, sendInputFault } from "./problem-reply.ts";
import { answers } from "./schemas.ts";
import { WordingDraftSchema, wordingDraftJson, wordingJson } from "./wording-json.ts";

const SellerParams = Type.Object({ seller: Type.String() });

/** A seller's own clauses: read by all, drafted by a policy author, published by another person. */
export function wordingRoutes(dependencies: HttpDependencies): FastifyPluginAsyncTypebox {
  return async (server) => {
    const { ledger } = dependencies;
    const tags = ["wording"];

    server.get(
      "/v1/sellers/:seller/wording",
      {
        config: { access: "policy:read" },
        schema: {
          operationId: "showWording",
          tags,
          params: SellerParams,
          querystring: Type.Object(
            { version: Type.Optional(Type.String({ pattern: "^[1-9]\\d{0,8}$" })) },
            { additionalProperties: false },
          ),
          response: answers({ 200: Type.Ref("Wording") }),
        },
      },
      async (request, reply) => {
        const seller = parseSellerId(request.params.seller);
        if (!seller) return sendFault(request, reply, "not_found");
        const { version } = request.query;
        const wording =
          version === undefined ? await ledger.currentWording(seller) : await ledger.wording(seller, Number(version));
        return wording ? reply.send(wordingJson(seller, wording)) : sendFault(request, reply, "not_found");
      },
    );

    server.put(
      "/v1/sellers/:seller/wording/draft",
      {
        config: { access: "policy:draft" },
        // The document's own parser names the part and the way out in both languages.
        validatorCompiler: () => () => true,
        schema: {
          operationId: "draftWording",
          tags,
          params: SellerParams,
          body: WordingDocument,
          response: answers({ 200: WordingDraftSchema }),
        },
      },
      async (request, reply) => {
        const seller = parseSellerId(request.params.seller);
        if (!seller) return sendFault(request, reply, "not_found");
        const parsed = parseWordingDocument(request.body);
        if (!parsed.ok) return sendInputFault(request, reply, parsed.fault);
        const outcome = await draftWording(dependencies, actorOf(request), seller, parsed.value);
        switch (outcome.kind) {
          case "drafted":
            return reply.send(wordingDraftJson(outcome.draft));
          case "invalid":
            return sendInputFault(request, reply, outcome.fault);
          case "nothing_changed":
            return sendFault(request, reply, "wording_draft_changes_nothing");
          case "not_found":
            return sendFault(request, reply, "not_found");
        }
      },
    );

    server.get(
      "/v1/sellers/:seller/wording/draft",
      {
        config: { access: "policy:review" },
        schema: {
          operationId: "showWordingDraft",
          tags,
          params: SellerParams,
          response: answers({ 200: WordingDraftSchema }),
        },
      },
      async (request, reply) => {
        const seller = parseSellerId(request.params.seller);
        if (!seller) return sendFault(request, reply, "not_found");
        const draft = await ledger.openWordingDraft(seller);
        return draft ? reply.send(wordingDraftJson(draft)) : sendFault(request, reply, "no_wording_draft");
      },
    );

    server.delete(
      "/v1/sellers/:seller/wording/draft",
      {
        config: { access: "policy:draft" },
        schema: {
          operationId: "withdrawWordingDraft",
          tags,
          params: SellerParams,
          response: answers({ 204: Type.Null() }),
        },
      },
      async (request, reply) => {
        const seller = parseSellerId(request.params.seller);
        if (!seller) return sendFault(request, reply, "not_found");
        const withdrawn = await withdrawWording(dependencies, actorOf(request), seller);
        return withdrawn ? reply.code(204).send(null) : sendFault(request, reply, "no_wording_draft");
      },
    );

    server.post(
      "/v1/sellers/:seller/wording/draft/publish",
      {
        config: { access: "policy:publish" },
        schema: {
          operationId: "publishWording",
          tags,
          params: SellerParams,
          headers: IdempotencyHeader,
          body: LookedOver,
          response: answers({ 200: Type.Ref("Wording") }),
        },
      },
      async (request, reply) => {
        const seller = parseSellerId(request.params.seller);
        if (!seller) return sendFault(request, reply, "not_found");
        const outcome = await answerOnce(
          dependencies,
          repeatableRequest(request, null),
          FIRST_ANSWERS.publishWording,
          (ports) => publishWording(ports, actorOf(request), seller, request.body?.draft),
        );
        switch (outcome.kind) {
          case "published":
            return reply.send(wordingJson(seller, outcome.wording));
          case "invalid":
            return sendInputFault(request, reply, outcome.fault);
          case "no_draft":
            return sendFault(request, reply, "no_wording_draft");
          case "another_draft":
            return sendFault(request, reply, "draft_replaced");
          case "second_person_needed":
            return sendFault(request, reply, "second_person_needed");
          case "outdated":
            return sendFault(request, reply, "wording_draft_outdated");
          case "idempotency_key_reused":
          case "request_still_running":
            return sendFault(request, reply, outcome.kind);
          case "not_found":
            return sendFault(request, reply, "not_found");
        }
      },
    );
  };
}
