import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import type { FastifyReply, FastifyRequest } from "fastify";
import { Type } from "typebox";
import { type DrawnChecklist, drawChecklist, drawPreview } from "../application/draw-drafts.ts";
import type { Wanted } from "../application/prepare-contract.ts";
import { type TriedWording, tryWording, type WordingChoice } from "../application/try-wording.ts";
import { parseBillCycle } from "../domain/bill.ts";
import { type AccountId, parseAccountId, parseOrderId } from "../domain/identifiers.ts";
import { accountScope, turnedAway } from "./authentication.ts";
import type { HttpDependencies } from "./dependencies.ts";
import { sendFault, sendInputFault, sendRefusal } from "./problem-reply.ts";
import { detailsOf, RequestFields } from "./request-body.ts";
import { answers } from "./schemas.ts";

const Query = Type.Object(RequestFields, { additionalProperties: false });
const PreviewQuery = Type.Object(
  {
    ...RequestFields,
    wording: Type.Optional(
      Type.String({
        pattern: "^(in_force|draft|0|[1-9]\\d{0,8})$",
        description:
          "For those who review rules: tries this wording of the seller's, also where there is a contract already. in_force, draft, or a version; 0 is the library's own words",
      }),
    ),
  },
  { additionalProperties: false },
);
const OrderParams = Type.Object({ order: Type.String() });

function pdf(description: string) {
  return answers({
    200: { description, content: { "application/pdf": { schema: Type.Unsafe<Buffer>({}) } } },
  });
}

/** What is drawn on demand and kept nowhere: previews (R21) and business checklists (R15). */
export function draftRoutes(dependencies: HttpDependencies): FastifyPluginAsyncTypebox {
  return async (server) => {
    server.get(
      "/v1/orders/:order/preview.pdf",
      {
        config: { access: "orders:read" },
        schema: {
          operationId: "previewContract",
          tags: ["orders"],
          params: OrderParams,
          querystring: PreviewQuery,
          response: pdf("What the contract would say: watermarked, unsealed, occupies nothing"),
        },
      },
      async (request, reply) => {
        const order = parseOrderId(request.params.order);
        const account = order && (accountScope(request) ?? (await dependencies.ledger.accountOfOrder(order)));
        if (!order || !account) return sendFault(request, reply, "not_found");
        const subject = { kind: "order", order } as const;
        const { wording, ...filledIn } = request.query;
        const refused = wording === undefined ? null : turnedAway(request, reply, "policy:review");
        if (refused) return refused;
        const details = detailsOf(filledIn);
        if (!details.ok) return sendInputFault(request, reply, details.fault);
        const drawn = await preview({ account, subject, details: details.value }, wording);
        return send(request, reply, drawn, `preview-${order}.pdf`);
      },
    );

    server.get(
      "/v1/bills/:account/:cycle/preview.pdf",
      {
        config: { access: "orders:read" },
        schema: {
          operationId: "previewBillContract",
          tags: ["bills"],
          params: Type.Object({ account: Type.String(), cycle: Type.String() }),
          querystring: PreviewQuery,
          response: pdf("What the contract on the bill would say: watermarked, unsealed, occupies nothing"),
        },
      },
      async (request, reply) => {
        const account = visibleAccount(request, request.params.account);
        const cycle = parseBillCycle(request.params.cycle);
        if (!account || !cycle) return sendFault(request, reply, "not_found");
        const subject = { kind: "bill", cycle } as const;
        const { wording, ...filledIn } = request.query;
        const refused = wording === undefined ? null : turnedAway(request, reply, "policy:review");
        if (refused) return refused;
        const details = detailsOf(filledIn);
        if (!details.ok) return sendInputFault(request, reply, details.fault);
        const drawn = await preview({ account, subject, details: details.value }, wording);
        return send(request, reply, drawn, `preview-${account}-${cycle}.pdf`);
      },
    );

    server.get(
      "/v1/orders/:order/checklist.pdf",
      {
        config: { access: "orders:read" },
        schema: {
          operationId: "printChecklist",
          tags: ["orders"],
          params: OrderParams,
          querystring: Query,
          response: pdf("The business checklist of an unpaid order: not a contract, not sealed"),
        },
      },
      async (request, reply) => {
        const order = parseOrderId(request.params.order);
        const account = order && (accountScope(request) ?? (await dependencies.ledger.accountOfOrder(order)));
        if (!order || !account) return sendFault(request, reply, "not_found");
        const details = detailsOf(request.query);
        if (!details.ok) return sendInputFault(request, reply, details.fault);
        const drawn = await drawChecklist(dependencies, account, order, details.value);
        return send(request, reply, drawn, `checklist-${order}.pdf`);
      },
    );
  };

  function preview(wanted: Wanted, wording: string | undefined) {
    return wording === undefined
      ? drawPreview(dependencies, wanted)
      : tryWording(dependencies, wanted, choiceOf(wording));
  }
}

function choiceOf(wording: string): WordingChoice {
  return wording === "in_force" || wording === "draft" ? wording : Number(wording);
}

/** The account of the address, unless the asker is a buyer of another one. */
export function visibleAccount(request: FastifyRequest, text: string): AccountId | null {
  const account = parseAccountId(text);
  const scope = accountScope(request);
  return account && (scope === null || scope === account) ? account : null;
}

function send(
  request: FastifyRequest,
  reply: FastifyReply,
  drawn: DrawnChecklist | TriedWording,
  name: string,
): FastifyReply {
  switch (drawn.kind) {
    case "drawn":
      return reply
        .type("application/pdf")
        .header("content-disposition", `inline; filename="${name}"`)
        .send(Buffer.from(drawn.pdf));
    case "refused":
      return sendRefusal(request, reply, drawn.refuse);
    case "invalid":
      return sendInputFault(request, reply, drawn.fault);
    case "not_unpaid":
      return sendFault(request, reply, "checklist_of_unpaid_orders_only");
    case "no_wording_draft":
    case "not_found":
      return sendFault(request, reply, drawn.kind);
  }
}
