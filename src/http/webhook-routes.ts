import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import type { FastifyReply, FastifyRequest } from "fastify";
import { Type } from "typebox";
import { answerOnce } from "../application/answer-once.ts";
import { changeWebhookEndpoint, createWebhookEndpoint, deleteWebhookEndpoint } from "../application/change-webhooks.ts";
import { FIRST_ANSWERS } from "../application/first-answers.ts";
import type { ShownEndpoint } from "../application/webhook-books.ts";
import { type AccountId, parseAccountId } from "../domain/identifiers.ts";
import type { InputFault } from "../domain/input-fault.ts";
import { parseWebhookEndpointId, type WebhookEndpointId } from "../domain/webhook.ts";
import type { WebhookUrlFault } from "../domain/webhook-url.ts";
import { webhookUrlFaultText } from "../domain/webhook-url-text.ts";
import { actorOf } from "./authentication.ts";
import type { HttpDependencies } from "./dependencies.ts";
import { IdempotencyHeader, repeatableRequest } from "./idempotency-key.ts";
import { languageOf } from "./language.ts";
import { sendFault, sendInputFault } from "./problem-reply.ts";
import { answers } from "./schemas.ts";
import { EndpointChanges, endpointJson, NewEndpoint, SecretSchema } from "./webhook-json.ts";

const NO_ACCOUNT: InputFault = {
  field: "account",
  message: {
    "zh-CN": "account：不是账号编号；账号编号由字母、数字及 . _ - 组成，留空即为全部账号。",
    en: "account: is no id of an account; these are of letters, digits and . _ -. Left out, or null, it is all accounts.",
  },
};

export const EndpointParams = Type.Object({ endpoint: Type.String() });

/** Where events are sent: set up, looked at, changed, and forgotten. */
export function webhookRoutes(dependencies: HttpDependencies): FastifyPluginAsyncTypebox {
  return async (server) => {
    const { webhooks } = dependencies;
    const tags = ["webhooks"];
    const Endpoint = Type.Ref("WebhookEndpoint");

    server.post(
      "/v1/webhook-endpoints",
      {
        config: { access: "webhooks:manage" },
        schema: {
          operationId: "createWebhookEndpoint",
          tags,
          description:
            "It gets every event from now on. The secret is in this answer and, repeated under its key, in the same again; in no other.",
          headers: IdempotencyHeader,
          body: NewEndpoint,
          response: answers({ 201: Type.Intersect([Endpoint, SecretSchema]) }),
        },
      },
      async (request, reply) => {
        const { url, description = "", events = [], account } = request.body;
        const of = parseAccount(account);
        if (of === undefined) return sendInputFault(request, reply, NO_ACCOUNT);
        const settings = { url, description: description.trim(), eventTypes: [...new Set(events)], account: of };
        const outcome = await answerOnce(
          dependencies,
          repeatableRequest(request, null),
          FIRST_ANSWERS.createWebhookEndpoint,
          (ports) => createWebhookEndpoint(ports, actorOf(request), settings),
        );
        switch (outcome.kind) {
          case "created":
            return sendCreated(request, reply, await webhooks.endpoint(outcome.id), outcome.secret);
          case "too_many_endpoints":
            return sendFault(request, reply, "too_many_webhook_endpoints");
          case "url_refused":
            return sendUrlFault(request, reply, outcome.fault);
          case "idempotency_key_reused":
          case "request_still_running":
            return sendFault(request, reply, outcome.kind);
        }
      },
    );

    server.get(
      "/v1/webhook-endpoints",
      {
        config: { access: "webhooks:read" },
        schema: {
          operationId: "listWebhookEndpoints",
          tags,
          description: "All of them, oldest first; there are a hundred at most.",
          response: answers({ 200: Type.Object({ items: Type.Array(Endpoint), next: Type.Null() }) }),
        },
      },
      async (_request, reply) => reply.send({ items: (await webhooks.listEndpoints()).map(endpointJson), next: null }),
    );

    server.get(
      "/v1/webhook-endpoints/:endpoint",
      {
        config: { access: "webhooks:read" },
        schema: {
          operationId: "showWebhookEndpoint",
          tags,
          params: EndpointParams,
          response: answers({ 200: Endpoint }),
        },
      },
      async (request, reply) => {
        const id = endpointIdOf(request);
        const shown = id && (await webhooks.endpoint(id));
        return shown ? reply.send(endpointJson(shown)) : sendFault(request, reply, "not_found");
      },
    );

    server.patch(
      "/v1/webhook-endpoints/:endpoint",
      {
        config: { access: "webhooks:manage" },
        schema: {
          operationId: "changeWebhookEndpoint",
          tags,
          description: "What is left out stays as it is. What waits to be sent goes to the new address.",
          params: EndpointParams,
          body: EndpointChanges,
          response: answers({ 200: Endpoint }),
        },
      },
      async (request, reply) => {
        const id = endpointIdOf(request);
        if (!id) return sendFault(request, reply, "not_found");
        const { url, description, events, account, active } = request.body;
        const of = parseAccount(account);
        if (of === undefined) return sendInputFault(request, reply, NO_ACCOUNT);
        const changed = await changeWebhookEndpoint(dependencies, actorOf(request), id, {
          ...(url === undefined ? {} : { url }),
          ...(description === undefined ? {} : { description: description.trim() }),
          ...(events === undefined ? {} : { eventTypes: [...new Set(events)] }),
          ...(account === undefined ? {} : { account: of }),
          ...(active === undefined ? {} : { active }),
        });
        if (!changed.ok) {
          return changed.fault === "not_found"
            ? sendFault(request, reply, "not_found")
            : sendUrlFault(request, reply, changed.fault);
        }
        const shown = await webhooks.endpoint(id);
        return shown ? reply.send(endpointJson(shown)) : sendFault(request, reply, "not_found");
      },
    );

    server.delete(
      "/v1/webhook-endpoints/:endpoint",
      {
        config: { access: "webhooks:manage" },
        schema: {
          operationId: "deleteWebhookEndpoint",
          tags,
          description: "With its secrets and with all that was still to be sent there.",
          params: EndpointParams,
          response: answers({ 204: Type.Null() }),
        },
      },
      async (request, reply) => {
        const id = endpointIdOf(request);
        const deleted = id && (await deleteWebhookEndpoint(dependencies, actorOf(request), id));
        return deleted?.ok ? reply.code(204).send(null) : sendFault(request, reply, "not_found");
      },
    );
  };
}

export function endpointIdOf({ params }: { readonly params: { readonly endpoint: string } }): WebhookEndpointId | null {
  return parseWebhookEndpointId(params.endpoint);
}

/** Undefined where it is none; nobody named means every account. */
function parseAccount(text: string | null | undefined): AccountId | null | undefined {
  return text === undefined || text === null ? null : (parseAccountId(text) ?? undefined);
}

function sendUrlFault(request: FastifyRequest, reply: FastifyReply, fault: WebhookUrlFault): FastifyReply {
  const detail = webhookUrlFaultText(fault)[languageOf(request)];
  return sendFault(request, reply, "webhook_address_refused", { field: "url", detail });
}

/** It may have been deleted since, where the request is a repeated one. */
function sendCreated(
  request: FastifyRequest,
  reply: FastifyReply,
  shown: ShownEndpoint | null,
  secret: string,
): FastifyReply {
  if (!shown) return sendFault(request, reply, "not_found");
  const shownJson = endpointJson(shown);
  return reply
    .code(201)
    .header("location", `/v1/webhook-endpoints/${shownJson.endpoint}`)
    .send({ ...shownJson, secret });
}
