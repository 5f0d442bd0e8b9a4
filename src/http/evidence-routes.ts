import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import type { FastifyReply, FastifyRequest } from "fastify";
import { type Static, Type } from "typebox";
import { answerOnce } from "../application/answer-once.ts";
import { readEvidenceFacts } from "../application/evidence-facts.ts";
import { FIRST_ANSWERS } from "../application/first-answers.ts";
import { type EvidenceFault, type GivenEvidence, giveEvidence, prepareEvidence } from "../application/give-evidence.ts";
import { readEvidence } from "../application/read-evidence.ts";
import {
  EVIDENCE_FORMATS,
  EVIDENCE_KINDS,
  type Evidence,
  type EvidenceFormat,
  type EvidenceKind,
  LARGEST_EVIDENCE,
  parseEvidenceId,
} from "../domain/evidence.ts";
import { parseAccountId } from "../domain/identifiers.ts";
import type { InputFault } from "../domain/input-fault.ts";
import { isoOf } from "../domain/time.ts";
import { actorOf } from "./authentication.ts";
import type { HttpDependencies } from "./dependencies.ts";
import { IdempotencyHeader, repeatableRequest } from "./idempotency-key.ts";
import type { FaultCode } from "./problem.ts";
import { sendFault, sendInputFault } from "./problem-reply.ts";
import { Instant } from "./schema-parts.ts";
import { answers } from "./schemas.ts";

const Kind = Type.Unsafe<EvidenceKind>({ type: "string", enum: [...EVIDENCE_KINDS] });
const EvidenceSchema = Type.Object({
  id: Type.String(),
  account: Type.String(),
  kind: Kind,
  format: Type.Unsafe<EvidenceFormat>({ type: "string", enum: [...EVIDENCE_FORMATS] }),
  bytes: Type.Integer(),
  givenAt: Instant,
});
const FactsBody = Type.Object(
  {
    method: Type.String({ minLength: 1, maxLength: 100 }),
    reference: Type.String({ minLength: 1, maxLength: 200, description: "The number of the proceeding elsewhere" }),
    verifiedAt: Instant,
    verifiedBy: Type.String({ minLength: 1, maxLength: 200 }),
    note: Type.Optional(Type.String({ maxLength: 2000 })),
  },
  { additionalProperties: false },
);

const FAULTS = {
  not_evidence: "not_evidence",
  too_large: "too_large",
  too_much: "too_much_evidence",
  too_busy: "too_many_requests",
} as const satisfies Record<EvidenceFault, FaultCode>;

const FILE_FORMATS = EVIDENCE_FORMATS.filter((format) => format !== "application/json");
const ENDINGS = {
  "application/pdf": "pdf",
  "image/png": "png",
  "image/jpeg": "jpg",
  "application/json": "json",
} as const satisfies Record<EvidenceFormat, string>;
const content = Object.fromEntries(EVIDENCE_FORMATS.map((format) => [format, { schema: Type.Unsafe<Buffer>({}) }]));

/** Evidence of identities: given by the seller's systems, looked at by the desk, each look recorded. */
export function evidenceRoutes(dependencies: HttpDependencies): FastifyPluginAsyncTypebox {
  return async (server) => {
    const tags = ["parties"];
    server.addContentTypeParser(
      [...FILE_FORMATS],
      { parseAs: "buffer", bodyLimit: LARGEST_EVIDENCE },
      (_request, body, done) => done(null, body),
    );

    server.post(
      "/v1/accounts/:account/evidence",
      {
        config: { access: "accounts:write" },
        bodyLimit: LARGEST_EVIDENCE,
        schema: {
          operationId: "giveEvidence",
          tags,
          description:
            "What proves the account's identity: a PDF, PNG or JPEG as the body, or as JSON the facts that another system " +
            "has established. Kept encrypted under a key of the account.",
          consumes: [...EVIDENCE_FORMATS],
          params: Type.Object({ account: Type.String() }),
          headers: IdempotencyHeader,
          querystring: Type.Object({ kind: Type.Optional(Kind) }, { additionalProperties: false }),
          // A file comes as bytes, which no schema describes; facts are read below.
          body: Type.Unsafe<unknown>(Type.Union([FactsBody, Type.Any()])),
          response: answers({ 201: EvidenceSchema }),
        },
      },
      async (request, reply) => {
        const account = parseAccountId(request.params.account);
        if (!account) return sendFault(request, reply, "not_found");
        const given = givenIn(request, request.query.kind ?? "other");
        if ("field" in given) return sendInputFault(request, reply, given);
        const ports = { ...dependencies, uploads: request.uploads };
        const prepared = await prepareEvidence(ports, actorOf(request), account, given);
        if (prepared.kind === "faulty") return sendFault(request, reply, FAULTS[prepared.fault]);
        if (prepared.kind === "unreadable") return sendUnreadable(request, reply, dependencies);
        if (prepared.kind === "not_found") return sendFault(request, reply, "not_found");
        const outcome = await answerOnce(
          dependencies,
          repeatableRequest(request, account),
          FIRST_ANSWERS.giveEvidence,
          (ports) => giveEvidence(ports, actorOf(request), prepared),
        );
        switch (outcome.kind) {
          case "given":
            return reply
              .code(201)
              .header("location", `/v1/accounts/${account}/evidence/${outcome.evidence.id}`)
              .send(evidenceJson(outcome.evidence));
          case "faulty":
            return sendFault(request, reply, FAULTS[outcome.fault]);
          case "not_found":
          case "idempotency_key_reused":
          case "request_still_running":
            return sendFault(request, reply, outcome.kind);
        }
      },
    );

    server.get(
      "/v1/accounts/:account/evidence",
      {
        config: { access: "identity:read" },
        schema: {
          operationId: "listEvidence",
          tags,
          params: Type.Object({ account: Type.String() }),
          response: answers({ 200: Type.Object({ items: Type.Array(EvidenceSchema) }) }),
        },
      },
      async (request, reply) => {
        const account = parseAccountId(request.params.account);
        const evidence = account && (await dependencies.ledger.listEvidence(account));
        if (!evidence) return sendFault(request, reply, "not_found");
        return reply.send({ items: evidence.map(evidenceJson) });
      },
    );

    server.get(
      "/v1/accounts/:account/evidence/:evidence",
      {
        config: { access: "identity:read" },
        // Whoever only asks for the headers would be recorded as having looked.
        exposeHeadRoute: false,
        schema: {
          operationId: "readEvidence",
          tags,
          description: "The content as it was given. Every look is recorded in the audit.",
          params: Type.Object({ account: Type.String(), evidence: Type.String() }),
          response: answers({ 200: { description: "As it was given", content } }),
        },
      },
      async (request, reply) => {
        const account = parseAccountId(request.params.account);
        const id = parseEvidenceId(request.params.evidence);
        if (!account || !id) return sendFault(request, reply, "not_found");
        const outcome = await readEvidence(dependencies, actorOf(request), account, id);
        if (outcome.kind === "unreadable") return sendUnreadable(request, reply, dependencies);
        if (outcome.kind === "not_found") return sendFault(request, reply, "not_found");
        const { format } = outcome.evidence;
        // Saved, never shown in place: what others upload does not run under our address.
        return reply
          .type(format)
          .header("content-disposition", `attachment; filename="${id}.${ENDINGS[format]}"`)
          .send(Buffer.from(outcome.content));
      },
    );
  };
}

function givenIn({ body, headers }: FastifyRequest, kind: EvidenceKind): GivenEvidence | InputFault {
  if (Buffer.isBuffer(body)) {
    const type = (headers["content-type"] ?? "").split(";")[0]?.trim().toLowerCase();
    return { kind, file: body, calledItself: FILE_FORMATS.find((format) => format === type) ?? null };
  }
  const facts = readEvidenceFacts(body);
  return "faultyField" in facts ? factsFault(facts.faultyField) : { kind, facts };
}

/** Names the field and not its value, which may be somebody's. */
function factsFault(field: string): InputFault {
  const at = field || "body";
  return {
    field: at,
    message: {
      "zh-CN": `${at}：该项缺失或格式有误，请对照接口文档填写 method、reference、verifiedAt、verifiedBy。`,
      en: `${at}: is missing or not as it should be; give method, reference, verifiedAt and verifiedBy as the API's documentation says.`,
    },
  };
}

function sendUnreadable(request: FastifyRequest, reply: FastifyReply, { log }: HttpDependencies): FastifyReply {
  const error = "ATTENTION: evidence cannot be opened: it was altered, or its master key is not at hand";
  log({ level: "error", route: request.routeOptions.url, error });
  return sendFault(request, reply, "evidence_unreadable");
}

function evidenceJson({ id, account, kind, format, bytes, givenAt }: Evidence): Static<typeof EvidenceSchema> {
  return { id, account, kind, format, bytes, givenAt: isoOf(givenAt) };
}
