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
import type { Language } from "../domain/localized.ts";
import { standingText } from "../domain/refusal-text.ts";
import { isoOf } from "../domain/time.ts";
import { reasonSentence, signatureSentence } from "../domain/verification-text.ts";
import { CheckingAllowance, type Turn } from "./checking-allowance.ts";
import { voidedJson } from "./contract-json.ts";
import type { HttpDependencies } from "./dependencies.ts";
import { languageOf } from "./language.ts";
import { sendFault } from "./problem-reply.ts";
import { callerOf } from "./rate-limits.ts";
import { answers, type VerificationJson } from "./schemas.ts";
import { codeIn } from "./verification-code.ts";

/** Our largest contract, of 1,000 lines, is under 2 MB. */
const LARGEST_PDF = 8 * 1024 * 1024;
const RETRY_AFTER_SECONDS = 1;
/** Of the seller's machines, and where callers are not counted. */
const FREE_TURN: Turn = { charge: () => undefined, end: () => undefined };

/** For anybody: is this PDF genuine, and what is the contract worth now? */
export function verificationRoutes(dependencies: HttpDependencies): FastifyPluginAsyncTypebox {
  return async (server) => {
    server.addContentTypeParser(
      "application/pdf",
      { parseAs: "buffer", bodyLimit: LARGEST_PDF },
      (_request, body, done) => done(null, body),
    );
    const config = { access: "anybody", seesEverything: true } as const;
    const allowance = new CheckingAllowance();
    const isCounted = ({ principal }: FastifyRequest): boolean =>
      dependencies.requestsPerMinute > 0 && principal?.kind !== "machine";
    const comeAgain = (request: FastifyRequest, reply: FastifyReply, seconds: number): FastifyReply =>
      sendFault(request, reply.header("retry-after", Math.max(RETRY_AFTER_SECONDS, seconds)), "too_many_requests");

    server.post(
      "/v1/verifications",
      {
        config,
        bodyLimit: LARGEST_PDF,
        // Before the file is received: whoever has used up their share shall not cost its transfer, too.
        preParsing: async (request, reply) => {
          const seconds = isCounted(request) ? allowance.waitSeconds(callerOf(request)) : 0;
          return seconds > 0 ? comeAgain(request, reply, seconds) : undefined;
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
        const turn = isCounted(request) ? allowance.begin(callerOf(request)) : FREE_TURN;
        if (!turn) return comeAgain(request, reply, allowance.waitSeconds(callerOf(request)));
        const verification = await verifyUpload(dependencies, request.body, turn.charge).finally(turn.end);
        if (verification === "too_busy") return comeAgain(request, reply, RETRY_AFTER_SECONDS);
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
