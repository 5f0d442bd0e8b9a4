import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { Type } from "typebox";
import { answerOnce } from "../application/answer-once.ts";
import { draftPolicy, publishPolicy, withdrawDraft } from "../application/change-policy.ts";
import { changedSettings, compareDecisions } from "../application/compare-policies.ts";
import { FIRST_ANSWERS } from "../application/first-answers.ts";
import { PolicyDocument, parsePolicyDocument } from "../application/policy-document.ts";
import type { Decision } from "../domain/decide-issuance.ts";
import type { Language } from "../domain/localized.ts";
import { ZONE_OF_UNKNOWN_SELLERS } from "../domain/time.ts";
import { actorOf } from "./authentication.ts";
import { decisionJson } from "./decision-json.ts";
import type { HttpDependencies } from "./dependencies.ts";
import { IdempotencyHeader, repeatableRequest } from "./idempotency-key.ts";
import { languageOf } from "./language.ts";
import { DraftSchema, draftJson, LookedOver, policyJson } from "./policy-json.ts";
import { sendFault, sendInputFault } from "./problem-reply.ts";
import { answers } from "./schemas.ts";

/** So that an answer takes seconds, however many orders there are; the terminal compares them all. */
const MOST_COMPARED = 20_000;
/** As many as a person can look through; the count goes on. */
const MOST_SHOWN = 200;

const ChangesSchema = Type.Object({
  from: Type.Integer(),
  settings: Type.Array(Type.Object({ setting: Type.String(), before: Type.Unknown(), after: Type.Unknown() })),
  count: Type.Integer({ description: "How many of the orders compared would be decided differently" }),
  compared: Type.Object(
    { orders: Type.Integer(), isWhole: Type.Boolean({ description: "False: older orders were not looked at" }) },
    { description: `The newest orders, some ${MOST_COMPARED} at most; \`orderseal policy diff\` compares all` },
  ),
  orders: Type.Array(
    Type.Object({
      order: Type.String(),
      account: Type.String(),
      before: Type.Ref("Decision"),
      after: Type.Ref("Decision"),
    }),
    { description: `The newest ${MOST_SHOWN} of them` },
  ),
});

/** The rules: read by all, drafted by a policy author, published by another person. */
export function policyRoutes(dependencies: HttpDependencies): FastifyPluginAsyncTypebox {
  return async (server) => {
    const { ledger } = dependencies;
    const tags = ["policy"];

    server.get(
      "/v1/policy",
      {
        config: { access: "policy:read" },
        schema: {
          operationId: "showPolicy",
          tags,
          querystring: Type.Object(
            { version: Type.Optional(Type.String({ pattern: "^[1-9]\\d{0,8}$" })) },
            { additionalProperties: false },
          ),
          response: answers({ 200: Type.Ref("Policy") }),
        },
      },
      async (request, reply) => {
        const { version } = request.query;
        const policy = version === undefined ? await ledger.currentPolicy() : await ledger.policy(Number(version));
        return policy ? reply.send(policyJson(policy)) : sendFault(request, reply, "not_found");
      },
    );

    server.put(
      "/v1/policy/draft",
      {
        config: { access: "policy:draft" },
        // The document's own parser names the setting and the way out in both languages.
        validatorCompiler: () => () => true,
        schema: {
          operationId: "draftPolicy",
          tags,
          body: PolicyDocument,
          response: answers({ 200: DraftSchema }),
        },
      },
      async (request, reply) => {
        const parsed = parsePolicyDocument(request.body);
        if (!parsed.ok) return sendInputFault(request, reply, parsed.fault);
        const drafted = await draftPolicy(dependencies, actorOf(request), parsed.value);
        if (drafted.kind === "nothing_changed") return sendFault(request, reply, "policy_draft_changes_nothing");
        return reply.send(draftJson(drafted.draft, actorOf(request)));
      },
    );

    server.get(
      "/v1/policy/draft",
      {
        config: { access: "policy:review" },
        schema: { operationId: "showPolicyDraft", tags, response: answers({ 200: DraftSchema }) },
      },
      async (request, reply) => {
        const draft = await ledger.openDraft();
        return draft ? reply.send(draftJson(draft, actorOf(request))) : sendFault(request, reply, "no_policy_draft");
      },
    );

    server.get(
      "/v1/policy/drafts",
      {
        config: { access: "policy:review" },
        schema: {
          operationId: "listPolicyDrafts",
          tags,
          description: "The open draft, as a list of one; of none, where there is none.",
          response: answers({ 200: Type.Object({ items: Type.Array(DraftSchema), next: Type.Null() }) }),
        },
      },
      async (request, reply) => {
        const draft = await ledger.openDraft();
        return reply.send({ items: draft ? [draftJson(draft, actorOf(request))] : [], next: null });
      },
    );

    server.delete(
      "/v1/policy/draft",
      {
        config: { access: "policy:draft" },
        schema: { operationId: "withdrawPolicyDraft", tags, response: answers({ 204: Type.Null() }) },
      },
      async (request, reply) => {
        const withdrawn = await withdrawDraft(dependencies, actorOf(request));
        return withdrawn ? reply.code(204).send(null) : sendFault(request, reply, "no_policy_draft");
      },
    );

    server.get(
      "/v1/policy/draft/changes",
      {
        config: { access: "policy:review" },
        schema: { operationId: "comparePolicyDraft", tags, response: answers({ 200: ChangesSchema }) },
      },
      async (request, reply) => {
        const [current, draft] = await Promise.all([ledger.currentPolicy(), ledger.openDraft()]);
        if (!draft) return sendFault(request, reply, "no_policy_draft");
        const language = languageOf(request);
        const next = { ...draft.body, version: current.version + 1 };
        const orders = [];
        let count = 0;
        const changes = compareDecisions(dependencies, current, next, MOST_COMPARED);
        let step = await changes.next();
        for (; !step.done; step = await changes.next()) {
          count++;
          if (orders.length >= MOST_SHOWN) continue;
          const { order, account, before, after } = step.value;
          orders.push({ order, account, before: shown(before, language), after: shown(after, language) });
        }
        const compared = step.value;
        const settings = changedSettings(current, draft.body).map((changed) => ({ ...changed }));
        return reply.send({ from: current.version, settings, count, compared, orders });
      },
    );

    server.post(
      "/v1/policy/draft/publish",
      {
        config: { access: "policy:publish" },
        schema: {
          operationId: "publishPolicy",
          tags,
          headers: IdempotencyHeader,
          body: LookedOver,
          response: answers({ 200: Type.Ref("Policy") }),
        },
      },
      async (request, reply) => {
        const outcome = await answerOnce(
          dependencies,
          repeatableRequest(request, null),
          FIRST_ANSWERS.publishPolicy,
          (ports) => publishPolicy(ports, actorOf(request), request.body?.draft),
        );
        switch (outcome.kind) {
          case "published":
            return reply.send(policyJson(outcome.policy));
          case "no_draft":
            return sendFault(request, reply, "no_policy_draft");
          case "another_draft":
            return sendFault(request, reply, "draft_replaced");
          case "second_person_needed":
            return sendFault(request, reply, "second_person_needed");
          case "outdated":
            return sendFault(request, reply, "policy_draft_outdated");
          case "idempotency_key_reused":
          case "request_still_running":
            return sendFault(request, reply, outcome.kind);
        }
      },
    );
  };
}

function shown(decision: Decision, language: Language) {
  return decisionJson(decision, ZONE_OF_UNKNOWN_SELLERS, language);
}
