import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import type { FastifyReply, FastifyRequest } from "fastify";
import { Type } from "typebox";
import { type LoggedKind, proveLogged } from "../application/prove-logged.ts";
import { showContract } from "../application/show-contract.ts";
import { showStatus } from "../application/show-status.ts";
import { signStatus } from "../application/sign-status.ts";
import { parseContractNumber } from "../domain/contract-number.ts";
import type { ContractNumber } from "../domain/identifiers.ts";
import { accountScope } from "./authentication.ts";
import type { HttpDependencies } from "./dependencies.ts";
import { sendFault } from "./problem-reply.ts";
import { answers } from "./schemas.ts";
import { codeIn } from "./verification-code.ts";

const Kind = Type.Optional(
  Type.Unsafe<LoggedKind>({
    type: "string",
    enum: ["issued", "voided"],
    description: "Which entry; issued by default",
  }),
);
const Code = Type.Optional(
  Type.String({ maxLength: 64, description: "As it stands on the contract, with its QR code" }),
);
const Params = Type.Object({ number: Type.String() });

const text = (description: string) => ({
  200: { description, content: { "text/plain": { schema: Type.Unsafe<string>({}) } } },
});
const PROOF = text("The entry in the transparency log and all that proves it (C2SP tlog-proof)");
const STATUS = text("What the contract is worth, signed by the log's key, until its next update (C2SP signed-note)");

/**
 * What can be kept beside a contract and checked without a connection: its proof of the log and what it is worth; for whoever may see
 * the contract, and for the holder of its number and code.
 */
export function proofRoutes(dependencies: HttpDependencies): FastifyPluginAsyncTypebox {
  const own = async (request: FastifyRequest, text: string): Promise<ContractNumber | null> => {
    const number = parseContractNumber(text);
    const shown = number && (await showContract(dependencies, number, accountScope(request)));
    return shown && number;
  };
  const held = async (text: string, code: string | undefined): Promise<ContractNumber | null> => {
    const number = parseContractNumber(text);
    return number && (await showStatus(dependencies, number, codeIn(code))) && number;
  };
  const sendProof = async (
    request: FastifyRequest,
    reply: FastifyReply,
    number: ContractNumber | null,
    kind: LoggedKind = "issued",
  ) => {
    if (!number) return sendFault(request, reply, "not_found");
    const proof = await proveLogged(dependencies.transparencyLog, number, kind);
    if (!proof) return sendFault(request, reply, "not_logged_yet");
    return sendFile(reply, `${number}-${kind}.tlog-proof`, proof);
  };
  const sendStatus = async (request: FastifyRequest, reply: FastifyReply, number: ContractNumber | null) => {
    if (!number) return sendFault(request, reply, "not_found");
    const status = await signStatus(dependencies, number);
    if (!status) return sendFault(request, reply, "not_logged_yet");
    return sendFile(reply, `${number}.status`, status);
  };
  return async (server) => {
    const reader = { access: "contracts:read" } as const;
    const anybody = { access: "anybody", seesEverything: true } as const;

    server.get(
      "/v1/contracts/:number/log-proof",
      {
        config: reader,
        schema: {
          operationId: "downloadLogProof",
          tags: ["contracts"],
          params: Params,
          querystring: Type.Object({ kind: Kind }),
          response: answers(PROOF),
        },
      },
      async (request, reply) =>
        sendProof(request, reply, await own(request, request.params.number), request.query.kind),
    );

    server.get(
      "/v1/contracts/:number/status-record",
      {
        config: reader,
        schema: { operationId: "downloadStatus", tags: ["contracts"], params: Params, response: answers(STATUS) },
      },
      async (request, reply) => sendStatus(request, reply, await own(request, request.params.number)),
    );

    server.get(
      "/v1/verify/:number/log-proof",
      {
        config: anybody,
        schema: {
          operationId: "showLogProof",
          tags: ["verification"],
          params: Params,
          querystring: Type.Object({ code: Code, kind: Kind }),
          response: answers(PROOF),
        },
      },
      async (request, reply) =>
        sendProof(request, reply, await held(request.params.number, request.query.code), request.query.kind),
    );

    server.get(
      "/v1/verify/:number/status-record",
      {
        config: anybody,
        schema: {
          operationId: "showSignedStatus",
          tags: ["verification"],
          params: Params,
          querystring: Type.Object({ code: Code }),
          response: answers(STATUS),
        },
      },
      async (request, reply) => sendStatus(request, reply, await held(request.params.number, request.query.code)),
    );
  };
}

function sendFile(reply: FastifyReply, name: string, text: string): FastifyReply {
  return reply
    .type("text/plain; charset=utf-8")
    .header("cache-control", "no-store")
    .header("content-disposition", `attachment; filename="${name}"`)
    .send(text);
}
