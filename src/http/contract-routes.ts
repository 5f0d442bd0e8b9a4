import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { Type } from "typebox";
import { answerOnce } from "../application/answer-once.ts";
import { downloadContract } from "../application/download-contract.ts";
import { FIRST_ANSWERS } from "../application/first-answers.ts";
import { CONTRACT_KINDS, type ContractKind } from "../application/listed.ts";
import { requestContract } from "../application/request-contract.ts";
import { listContracts, showContract } from "../application/show-contract.ts";
import type { ContractState } from "../application/unfinished-contracts.ts";
import { type VoidOutcome, voidContract } from "../application/void-contract.ts";
import { parseContractNumber } from "../domain/contract-number.ts";
import { parseAccountId, parseOrderId } from "../domain/identifiers.ts";
import { accountScope, actorOf } from "./authentication.ts";
import { contractJson } from "./contract-json.ts";
import type { HttpDependencies } from "./dependencies.ts";
import { sendDocument } from "./document-reply.ts";
import { IdempotencyHeader, idempotencyKeyOf, isKeyFault, repeatableRequest } from "./idempotency-key.ts";
import { languageOf } from "./language.ts";
import type { FaultCode } from "./problem.ts";
import { sendFault, sendInputFault } from "./problem-reply.ts";
import { proposalJson } from "./proposal-json.ts";
import { detailsOf, RequestBody } from "./request-body.ts";
import { sendRequestOutcome } from "./request-reply.ts";
import { prose } from "./schema-parts.ts";
import { answers, PageQuery, pageOf } from "./schemas.ts";
import { sendNotIssuedYet } from "./unissued-reply.ts";

const UNFINISHED_OR_ISSUED = ["issuing", "timestamp_pending", "issued"] as const satisfies readonly ContractState[];
const NumberParams = Type.Object({ number: Type.String() });

/** Contracts: requested, listed, shown, downloaded. */
export function contractRoutes(dependencies: HttpDependencies): FastifyPluginAsyncTypebox {
  return async (server) => {
    server.post(
      "/v1/orders/:order/contract",
      {
        config: { access: "contracts:request" },
        schema: {
          operationId: "requestContract",
          tags: ["contracts"],
          params: Type.Object({ order: Type.String() }),
          headers: IdempotencyHeader,
          body: RequestBody,
          response: answers({ 201: Type.Ref("Contract"), 202: Type.Ref("Contract") }),
        },
      },
      async (request, reply) => {
        const order = parseOrderId(request.params.order);
        const account = order && (accountScope(request) ?? (await dependencies.ledger.accountOfOrder(order)));
        if (!order || !account) return sendFault(request, reply, "not_found");
        const details = detailsOf(request.body);
        if (!details.ok) return sendInputFault(request, reply, details.fault);
        const outcome = await requestContract(dependencies, actorOf(request), {
          account,
          subject: { kind: "order", order },
          details: details.value,
          idempotencyKey: idempotencyKeyOf(request),
        });
        return sendRequestOutcome(request, reply, dependencies, outcome);
      },
    );

    server.get(
      "/v1/contracts",
      {
        config: { access: "contracts:read" },
        schema: {
          operationId: "listContracts",
          tags: ["contracts"],
          querystring: Type.Object(
            {
              ...PageQuery,
              account: Type.Optional(Type.String()),
              q: Type.Optional(
                Type.String({
                  maxLength: 64,
                  description: "Start of a contract number, an order number or an account's id",
                }),
              ),
              kind: Type.Optional(
                Type.Unsafe<ContractKind>({
                  type: "string",
                  enum: [...CONTRACT_KINDS],
                  description: "Sealed here on an order or on a bill, or offline: uploaded by the desk (R20)",
                }),
              ),
              state: Type.Optional(
                Type.Union(
                  UNFINISHED_OR_ISSUED.map((state) => Type.Literal(state)),
                  { description: "timestamp_pending: those in `issuing` that wait for a timestamp" },
                ),
              ),
            },
            { additionalProperties: false },
          ),
          response: answers({ 200: pageOf(Type.Ref("Contract")) }),
        },
      },
      async (request, reply) => {
        const { limit = 50, cursor = null } = request.query;
        const scope = accountScope(request);
        const asked = request.query.account === undefined ? null : parseAccountId(request.query.account);
        if (request.query.account !== undefined && (asked === null || (scope !== null && scope !== asked))) {
          return sendFault(request, reply, "not_found");
        }
        const { state = null, kind = null, q } = request.query;
        // What no number can hold is found nowhere, rather than left out.
        if (q?.includes("\0")) return reply.send({ items: [], next: null });
        const filter = { account: scope ?? asked, state, kind, text: q?.trim() || null };
        const page = await listContracts(dependencies, filter, { limit, cursor });
        const language = languageOf(request);
        return reply.send({ items: page.items.map((item) => contractJson(item, language)), next: page.next });
      },
    );

    server.get(
      "/v1/contracts/:number",
      {
        config: { access: "contracts:read" },
        schema: {
          operationId: "showContract",
          tags: ["contracts"],
          params: NumberParams,
          response: answers({ 200: Type.Ref("Contract") }),
        },
      },
      async (request, reply) => {
        const number = parseContractNumber(request.params.number);
        const shown = number && (await showContract(dependencies, number, accountScope(request)));
        if (!shown) return sendFault(request, reply, "not_found");
        return reply.send(contractJson(shown, languageOf(request)));
      },
    );

    server.get(
      "/v1/contracts/:number/document.pdf",
      {
        config: { access: "contracts:read" },
        schema: {
          operationId: "downloadContract",
          tags: ["contracts"],
          params: NumberParams,
          response: answers({
            200: {
              description: "The sealed file",
              content: { "application/pdf": { schema: Type.Unsafe<Buffer>({}) } },
            },
          }),
        },
      },
      async (request, reply) => {
        const number = parseContractNumber(request.params.number);
        const shown = number && (await showContract(dependencies, number, accountScope(request)));
        if (!shown) return sendFault(request, reply, "not_found");
        const { contract } = shown;
        if (contract.state === "issuing") return sendNotIssuedYet(request, reply, contract);
        return sendDocument(request, reply, {
          hash: contract.document,
          fileName: `${contract.number}.pdf`,
          lasts: "for_ever",
          read: () => downloadContract(dependencies, contract),
        });
      },
    );

    server.get(
      "/v1/contracts/:number/contract.json",
      {
        config: { access: "contracts:read" },
        schema: {
          operationId: "readContractData",
          tags: ["contracts"],
          params: NumberParams,
          response: answers({
            200: {
              description: "What the contract says, frozen: byte for byte the contract.json in the sealed file",
              content: { "application/json": { schema: Type.Unsafe<string>({}) } },
            },
          }),
        },
      },
      async (request, reply) => {
        const number = parseContractNumber(request.params.number);
        const shown = number && (await showContract(dependencies, number, accountScope(request)));
        if (!shown) return sendFault(request, reply, "not_found");
        const { contract } = shown;
        if (contract.state === "issuing") {
          return sendFault(request, reply.header("retry-after", "1"), "contract_being_sealed");
        }
        return reply
          .type("application/json; charset=utf-8")
          .headers({ etag: `"${contract.snapshot}"`, "cache-control": "private, max-age=31536000, immutable" })
          .send(await dependencies.ledger.frozenData(contract));
      },
    );

    server.post(
      "/v1/contracts/:number/void",
      {
        config: { access: "contracts:void" },
        schema: {
          operationId: "voidContract",
          tags: ["contracts"],
          params: NumberParams,
          headers: IdempotencyHeader,
          body: Type.Object(
            {
              reason: prose(500, "Shown to whoever verifies"),
            },
            { additionalProperties: false },
          ),
          description:
            "202: above what the policy lets one person void, it is proposed and waits for another one (R22).",
          response: answers({ 200: Type.Ref("Contract"), 202: Type.Ref("Proposal") }),
        },
      },
      async (request, reply) => {
        const number = parseContractNumber(request.params.number);
        const account = number && (await dependencies.ledger.contractByNumber(number))?.account;
        if (!number || !account) return sendFault(request, reply, "not_found");
        const reason = request.body.reason.trim().normalize("NFC");
        const outcome = await answerOnce(
          dependencies,
          repeatableRequest(request, account),
          FIRST_ANSWERS.voidContract,
          (ports) => voidContract(ports, actorOf(request), number, reason),
        );
        if (isKeyFault(outcome)) return sendFault(request, reply, outcome.kind);
        if (typeof outcome === "object") {
          return reply
            .code(202)
            .header("location", `/v1/proposals?state=open`)
            .send(proposalJson(request, outcome.proposal));
        }
        if (outcome !== "voided") return sendFault(request, reply, VOID_FAULTS[outcome]);
        const shown = await showContract(dependencies, number, null);
        if (!shown) throw new Error(`contract ${number} is not in the books`);
        return reply.send(contractJson(shown, languageOf(request)));
      },
    );
  };
}

const VOID_FAULTS = {
  already_void: "contract_already_void",
  being_sealed: "contract_being_sealed",
  not_found: "not_found",
} as const satisfies Record<Exclude<VoidOutcome, "voided" | object>, FaultCode>;
