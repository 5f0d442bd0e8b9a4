import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { Type } from "typebox";
import { showStatus } from "../application/show-status.ts";
import { verifyContract } from "../application/verify-contract.ts";
import { parseContractNumber } from "../domain/contract-number.ts";
import { standingText } from "../domain/refusal-text.ts";
import { isoOf } from "../domain/time.ts";
import type { HttpDependencies } from "./dependencies.ts";
import { languageOf } from "./language.ts";
import { sendFault } from "./problem-reply.ts";
import { answers } from "./schemas.ts";

const LARGEST_PDF = 32 * 1024 * 1024;

/** For anybody: is this PDF genuine, and what is the contract worth now? */
export function verificationRoutes(dependencies: HttpDependencies): FastifyPluginAsyncTypebox {
  return async (server) => {
    server.addContentTypeParser(
      "application/pdf",
      { parseAs: "buffer", bodyLimit: LARGEST_PDF },
      (_request, body, done) => done(null, body),
    );
    const config = { access: "anybody" } as const;

    server.post(
      "/v1/verifications",
      {
        config,
        bodyLimit: LARGEST_PDF,
        schema: {
          operationId: "verifyPdf",
          tags: ["verification"],
          consumes: ["application/pdf"],
          response: answers({ 200: Type.Ref("Verification") }),
        },
      },
      async (request, reply) => {
        if (!Buffer.isBuffer(request.body)) return sendFault(request, reply, "unsupported_media_type");
        return reply.send(await verifyContract(dependencies, request.body));
      },
    );

    server.get(
      "/v1/verify/:number",
      {
        config,
        schema: {
          operationId: "showStatus",
          tags: ["verification"],
          params: Type.Object({ number: Type.String() }),
          querystring: Type.Object({ code: Type.Optional(Type.String({ maxLength: 64 })) }),
          response: answers({ 200: Type.Ref("ContractStatus") }),
        },
      },
      async (request, reply) => {
        const number = parseContractNumber(request.params.number);
        const status = number && (await showStatus(dependencies, number, (request.query.code ?? "").toUpperCase()));
        if (!status) return sendFault(request, reply, "not_found");
        const { contract, standing, seller } = status;
        const issued = contract.state === "issued" ? contract : null;
        return reply.send({
          number: contract.number,
          standing,
          standingText: standingText(standing)[languageOf(request)],
          sellerName: { ...seller.legalName },
          requestedAt: isoOf(contract.requestedAt),
          issuedAt: issued && isoOf(issued.issuedAt),
          timeZone: seller.timeZone,
          sha256: issued?.document ?? null,
        });
      },
    );
  };
}
