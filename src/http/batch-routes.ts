import { Readable } from "node:stream";
import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import type { FastifyRequest } from "fastify";
import { Type } from "typebox";
import { downloadContract } from "../application/download-contract.ts";
import { failureText } from "../application/failure-text.ts";
import { type BatchOutcome, requestContracts } from "../application/request-contracts.ts";
import { type ShownContract, showContract } from "../application/show-contract.ts";
import type { IssuedContract } from "../domain/contract.ts";
import { parseContractNumber } from "../domain/contract-number.ts";
import type { OrderId } from "../domain/identifiers.ts";
import { parseOrderId } from "../domain/identifiers.ts";
import { accountScope, actorOf } from "./authentication.ts";
import { contractJson } from "./contract-json.ts";
import { zipOfContracts } from "./contracts-zip.ts";
import type { HttpDependencies } from "./dependencies.ts";
import { IdempotencyHeader, idempotencyKeyOf } from "./idempotency-key.ts";
import { languageOf } from "./language.ts";
import { faultProblem, inputFaultProblem, refusalProblem, sendFault, sendInputFault } from "./problem-reply.ts";
import { detailsOf, RequestFields } from "./request-body.ts";
import { answers } from "./schemas.ts";
import { unavailableFault } from "./unavailable-reply.ts";
import { sendNotIssuedYet } from "./unissued-reply.ts";

const MOST_AT_ONCE = 100;

const ResultSchema = Type.Object({
  order: Type.String(),
  outcome: Type.String({
    description:
      "issued, issuing (being sealed), refused, invalid, not_found, idempotency_key_reused, request_still_running or broken",
  }),
  contract: Type.Union([Type.Ref("Contract"), Type.Null()]),
  problem: Type.Union([Type.Ref("Problem"), Type.Null()], { description: "Why there is no contract, and what to do" }),
});

/** Several orders at once: one contract each, one list of results, one zip (R23). */
export function batchRoutes(dependencies: HttpDependencies): FastifyPluginAsyncTypebox {
  return async (server) => {
    server.post(
      "/v1/contracts::batch",
      {
        config: { access: "contracts:request" },
        schema: {
          operationId: "requestContracts",
          tags: ["contracts"],
          headers: IdempotencyHeader,
          body: Type.Object(
            {
              ...RequestFields,
              orders: Type.Array(Type.String({ maxLength: 64 }), {
                minItems: 1,
                maxItems: MOST_AT_ONCE,
                uniqueItems: true,
              }),
            },
            { additionalProperties: false },
          ),
          response: answers({ 200: Type.Object({ items: Type.Array(ResultSchema) }) }),
        },
      },
      async (request, reply) => {
        const { orders, ...fields } = request.body;
        const scope = accountScope(request);
        const key = idempotencyKeyOf(request);
        const known = orders.map(parseOrderId);
        const wanted = known.filter((order): order is OrderId => order !== null);
        const details = detailsOf(fields);
        if (!details.ok) return sendInputFault(request, reply, details.fault);
        const outcomes = await requestContracts(dependencies, actorOf(request), scope, wanted, details.value, key);
        const items = await Promise.all(
          orders.map((text, index) => {
            const order = known[index];
            return resultJson(request, dependencies, text, (order && outcomes.get(order)) ?? { kind: "not_found" });
          }),
        );
        return reply.send({ items });
      },
    );

    server.post(
      "/v1/contracts::download",
      {
        config: { access: "contracts:read" },
        schema: {
          operationId: "downloadContracts",
          tags: ["contracts"],
          body: Type.Object(
            {
              contracts: Type.Array(Type.String({ maxLength: 40 }), {
                minItems: 1,
                maxItems: MOST_AT_ONCE,
                uniqueItems: true,
              }),
            },
            { additionalProperties: false },
          ),
          response: answers({
            200: {
              description: "One sealed file for each contract, named by its number",
              content: { "application/zip": { schema: Type.Unsafe<Readable>({}) } },
            },
          }),
        },
      },
      async (request, reply) => {
        // By number: one that was written twice, in upper and lower case, is one file.
        const contracts = new Map<string, IssuedContract>();
        for (const text of request.body.contracts) {
          const shown = await find(request, dependencies, text);
          if (!shown) return sendFault(request, reply, "not_found", { field: text.slice(0, 40) });
          const { contract } = shown;
          if (contract.state === "issuing") {
            return sendNotIssuedYet(request, reply, contract, { field: contract.number });
          }
          contracts.set(contract.number, contract);
        }
        // All of them first: once the zip has begun, it could only break off.
        for (const contract of contracts.values()) await downloadContract(dependencies, contract);
        return reply
          .type("application/zip")
          .header("content-disposition", 'attachment; filename="contracts.zip"')
          .send(Readable.from(zipOfContracts(dependencies, [...contracts.values()])));
      },
    );
  };
}

async function find(
  request: FastifyRequest,
  dependencies: HttpDependencies,
  text: string,
): Promise<ShownContract | null> {
  const number = parseContractNumber(text);
  return number && showContract(dependencies, number, accountScope(request));
}

async function resultJson(
  request: FastifyRequest,
  dependencies: HttpDependencies,
  order: string,
  outcome: BatchOutcome,
) {
  const language = languageOf(request);
  switch (outcome.kind) {
    case "issued":
    case "issuing": {
      const shown = await showContract(dependencies, outcome.contract.number, outcome.contract.account);
      const contract = shown && contractJson(shown, language);
      return { order, outcome: outcome.kind, contract, problem: null };
    }
    case "refused":
      return { order, outcome: "refused", contract: null, problem: refusalProblem(outcome.refuse, language) };
    case "invalid":
      return { order, outcome: "invalid", contract: null, problem: inputFaultProblem(outcome.fault, language) };
    case "broken":
      dependencies.log({ level: "error", route: request.routeOptions.url, order, error: failureText(outcome.error) });
      return {
        order,
        outcome: "broken",
        contract: null,
        problem: faultProblem(unavailableFault(outcome.error) ?? "broken", language),
      };
    case "not_found":
    case "idempotency_key_reused":
    case "request_still_running":
      return { order, outcome: outcome.kind, contract: null, problem: faultProblem(outcome.kind, language) };
  }
}
