import type { FastifyReply, FastifyRequest } from "fastify";
import type { RequestOutcome } from "../application/request-contract.ts";
import { showContract } from "../application/show-contract.ts";
import { contractJson } from "./contract-json.ts";
import type { HttpDependencies } from "./dependencies.ts";
import { languageOf } from "./language.ts";
import { sendFault, sendInputFault, sendRefusal } from "./problem-reply.ts";

/** 201 issued, 202 being sealed, or the problem that the refusal is. */
export async function sendRequestOutcome(
  request: FastifyRequest,
  reply: FastifyReply,
  dependencies: HttpDependencies,
  outcome: RequestOutcome,
): Promise<FastifyReply> {
  switch (outcome.kind) {
    case "issued":
    case "issuing": {
      const { number, account } = outcome.contract;
      const shown = await showContract(dependencies, number, account);
      if (!shown) throw new Error(`contract ${number} is not in the books`);
      return reply
        .code(outcome.kind === "issued" ? 201 : 202)
        .header("location", `/v1/contracts/${number}`)
        .send(contractJson({ ...shown, contract: outcome.contract }, languageOf(request)));
    }
    case "refused":
      return sendRefusal(request, reply, outcome.refuse);
    case "not_found":
      return sendFault(request, reply, "not_found");
    case "invalid":
      return sendInputFault(request, reply, outcome.fault);
    case "idempotency_key_reused":
    case "request_still_running":
      return sendFault(request, reply, outcome.kind);
  }
}
