import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { Type } from "typebox";
import { BillDocument, parseBillDocument } from "../application/bill-document.ts";
import { recordBill } from "../application/record-bill.ts";
import { requestContract } from "../application/request-contract.ts";
import { listBills, showBill } from "../application/show-bills.ts";
import { parseBillCycle } from "../domain/bill.ts";
import { parseAccountId } from "../domain/identifiers.ts";
import { accountScope, actorOf } from "./authentication.ts";
import { billJson } from "./bill-json.ts";
import type { HttpDependencies } from "./dependencies.ts";
import { visibleAccount } from "./draft-routes.ts";
import { IdempotencyHeader, idempotencyKeyOf } from "./idempotency-key.ts";
import { languageOf } from "./language.ts";
import { sendFault, sendInputFault } from "./problem-reply.ts";
import { detailsOf, RequestBody } from "./request-body.ts";
import { sendRequestOutcome } from "./request-reply.ts";
import { answers, PageQuery, pageOf } from "./schemas.ts";

const BillParams = Type.Object({ account: Type.String(), cycle: Type.String({ description: "As 2026-10" }) });

/** Monthly bills: reported by machines, listed and shown with their decision, contracted (R13). */
export function billRoutes(dependencies: HttpDependencies): FastifyPluginAsyncTypebox {
  return async (server) => {
    const { ledger } = dependencies;

    server.put(
      "/v1/bills/:account/:cycle",
      {
        config: { access: "orders:write" },
        // The document's own parser names the field and the way out in both languages.
        validatorCompiler: () => () => true,
        schema: {
          operationId: "putBill",
          tags: ["bills"],
          params: BillParams,
          body: BillDocument,
          response: answers({
            200: Type.Object({
              account: Type.String(),
              cycle: Type.String(),
              outcome: Type.String({
                description: "created, updated, unchanged, or stale (the bill is final already)",
              }),
            }),
          }),
        },
      },
      async (request, reply) => {
        const account = parseAccountId(request.params.account);
        const cycle = parseBillCycle(request.params.cycle);
        const seller = await ledger.defaultSeller();
        if (!account || !cycle || !seller) return sendFault(request, reply, "not_found");
        const parsed = parseBillDocument(request.body, { account, cycle, seller: seller.id });
        if (!parsed.ok) return sendInputFault(request, reply, parsed.fault);
        const recorded = await recordBill(dependencies, actorOf(request), parsed.value);
        if (!recorded.ok) return sendInputFault(request, reply, recorded.fault);
        return reply.send({ account, cycle, outcome: recorded.value });
      },
    );

    server.get(
      "/v1/bills",
      {
        config: { access: "orders:read" },
        schema: {
          operationId: "listBills",
          tags: ["bills"],
          querystring: Type.Object(
            { ...PageQuery, account: Type.Optional(Type.String()) },
            { additionalProperties: false },
          ),
          response: answers({ 200: pageOf(Type.Ref("Bill")) }),
        },
      },
      async (request, reply) => {
        const { limit = 50, cursor = null, account } = request.query;
        const asked = account === undefined ? null : visibleAccount(request, account);
        if (account !== undefined && asked === null) return sendFault(request, reply, "not_found");
        const page = await listBills(dependencies, accountScope(request) ?? asked, { limit, cursor });
        const products = await ledger.products();
        const language = languageOf(request);
        return reply.send({ items: page.items.map((item) => billJson(item, products, language)), next: page.next });
      },
    );

    server.get(
      "/v1/bills/:account/:cycle",
      {
        config: { access: "orders:read" },
        schema: {
          operationId: "showBill",
          tags: ["bills"],
          params: BillParams,
          response: answers({ 200: Type.Ref("Bill") }),
        },
      },
      async (request, reply) => {
        const account = visibleAccount(request, request.params.account);
        const cycle = parseBillCycle(request.params.cycle);
        const shown = account && cycle && (await showBill(dependencies, account, cycle));
        if (!shown) return sendFault(request, reply, "not_found");
        return reply.send(billJson(shown, await ledger.products(), languageOf(request)));
      },
    );

    server.post(
      "/v1/bills/:account/:cycle/contract",
      {
        config: { access: "contracts:request" },
        schema: {
          operationId: "requestBillContract",
          tags: ["contracts"],
          params: BillParams,
          headers: IdempotencyHeader,
          body: RequestBody,
          response: answers({ 201: Type.Ref("Contract"), 202: Type.Ref("Contract") }),
        },
      },
      async (request, reply) => {
        const account = visibleAccount(request, request.params.account);
        const cycle = parseBillCycle(request.params.cycle);
        if (!account || !cycle) return sendFault(request, reply, "not_found");
        const details = detailsOf(request.body);
        if (!details.ok) return sendInputFault(request, reply, details.fault);
        const outcome = await requestContract(dependencies, actorOf(request), {
          account,
          subject: { kind: "bill", cycle },
          details: details.value,
          idempotencyKey: idempotencyKeyOf(request),
        });
        return sendRequestOutcome(request, reply, dependencies, outcome);
      },
    );
  };
}
