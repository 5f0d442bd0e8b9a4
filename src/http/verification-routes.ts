import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import type { FastifyReply, FastifyRequest } from "fastify";
import { Type } from "typebox";
import { proveLogged } from "../application/prove-logged.ts";
import { showContract } from "../application/show-contract.ts";
import { showStatus } from "../application/show-status.ts";
import { signStatus } from "../application/sign-status.ts";
import { verifyUpload } from "../application/verify-contract.ts";
import { parseContractNumber } from "../domain/contract-number.ts";
import type { ContractNumber } from "../domain/identifiers.ts";
import type { Language, Localized } from "../domain/localized.ts";
import { standingText } from "../domain/refusal-text.ts";
import { isoOf } from "../domain/time.ts";
import { reasonSentence, signatureSentence } from "../domain/verification-text.ts";
import { voidedJson } from "./contract-json.ts";
import type { HttpDependencies } from "./dependencies.ts";
import { languageOf } from "./language.ts";
import { sendFault } from "./problem-reply.ts";
import { answers, type VerificationJson } from "./schemas.ts";
import { codeIn } from "./verification-code.ts";

/** Our largest contract, of 1,000 lines, is under 2 MB. */
const LARGEST_PDF = 8 * 1024 * 1024;
/** For anybody: is this PDF genuine, and what is the contract worth now? */
export function verificationRoutes(dependencies: HttpDependencies): FastifyPluginAsyncTypebox {
  return async (server) => {
    server.addContentTypeParser(
      "application/pdf",
      { parseAs: "buffer", bodyLimit: LARGEST_PDF },
      (_request, body, done) => done(null, body),
    );
    const config = { access: "anybody", seesEverything: true } as const;
    server.post(
      "/v1/verifications",
      {
        config,
        bodyLimit: LARGEST_PDF,
        // Whoever has used up their share is told so without having sent the file.
        preParsing: async (request, reply) => {
          if (request.uploadWait === 0) return undefined;
          return comeAgain(request, isLarge(request) ? reply.header("connection", "close") : reply);
        },
        schema: {
          operationId: "verifyPdf",
          tags: ["verification"],
          consumes: ["application/pdf"],
          response: answers({ 200: Type.Ref("Verification") }),
        },
      },
      async (request, reply) => {
        if (!Buffer.isBuffer(request.body)) return sendFault(request, reply, "unsupported_media_type");
        const verification = await verifyUpload({ ...dependencies, uploads: request.uploads }, request.body);
        if (verification === "too_busy") return comeAgain(request, reply);
        // The roots of a demonstration vouch for demonstration seals only.
        const isSealed = verification.verdict === "passed" || verification.reason === "not_issued_here";
        const language = languageOf(request);
        return reply.send({
          ...verification,
          sentence: reasonSentence(verification.reason)[language],
          signatureSentence: signatureSentence(verification.signature)[language],
          demo: dependencies.demo && isSealed,
          ...(await onRecord(dependencies, verification.number, language)),
          ...(await proofsOf(dependencies, verification.number)),
        });
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
        const status = number && (await showStatus(dependencies, number, codeIn(request.query.code)));
        if (!status) return sendFault(request, reply, "not_found");
        const { contract, standing, voided, seller } = status;
        const issued = contract.state === "issued" ? contract : null;
        return reply.send({
          number: contract.number,
          standing,
          standingText: standingText(standing)[languageOf(request)],
          sellerName: { ...seller.legalName },
          demo: dependencies.demo,
          requestedAt: isoOf(contract.requestedAt),
          issuedAt: issued && isoOf(issued.issuedAt),
          timeZone: seller.timeZone,
          form: issued?.form ?? "sealed",
          holdUntil: contract.holdUntil === null ? null : isoOf(contract.holdUntil),
          voided: voidedJson(voided, languageOf(request)),
          sha256: issued?.document ?? null,
        });
      },
    );
  };
}

/**
 * What is sent after its answer would be received and thrown away, megabytes by megabytes; closing the connection ends that, though
 * a client that is still sending may see the end of the connection instead of the answer. A contract is smaller.
 */
const LARGE_BYTES = 1_000_000;

function isLarge({ headers }: FastifyRequest): boolean {
  return !(Number(headers["content-length"]) <= LARGE_BYTES);
}

/** In a second, unless the caller has used up so much that it takes longer. */
function comeAgain(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const seconds = Math.max(1, request.uploadWait);
  const detail: Localized = {
    "zh-CN": `请求过于频繁，请在 ${seconds} 秒后重试。`,
    en: `Too many requests; try again in ${seconds} s.`,
  };
  return sendFault(request, reply.header("retry-after", seconds), "too_many_requests", {
    detail: detail[languageOf(request)],
  });
}

/** What can be kept beside the file and checked without a connection. */
async function proofsOf(
  dependencies: HttpDependencies,
  number: ContractNumber | null,
): Promise<Pick<VerificationJson, "logProof" | "statusRecord">> {
  if (number === null) return { logProof: null, statusRecord: null };
  const [logProof, statusRecord] = await Promise.all([
    proveLogged(dependencies.transparencyLog, number, "issued"),
    signStatus(dependencies, number),
  ]);
  return { logProof, statusRecord };
}

/** What whoever holds the file may know beyond its standing: until when it waits for payment, why it was voided (R22). */
async function onRecord(
  dependencies: HttpDependencies,
  number: ContractNumber | null,
  language: Language,
): Promise<Pick<VerificationJson, "holdUntil" | "voided" | "timeZone">> {
  const shown = number && (await showContract(dependencies, number, null));
  if (!shown) return { holdUntil: null, voided: null, timeZone: null };
  const { contract, voided, timeZone } = shown;
  return {
    holdUntil: contract.holdUntil === null ? null : isoOf(contract.holdUntil),
    voided: voidedJson(voided, language),
    timeZone,
  };
}
