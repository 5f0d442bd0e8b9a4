import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Charge, UploadChecker } from "../application/verify-contract.ts";
import { CheckingAllowance, type CountedCaller } from "./checking-allowance.ts";
import type { HttpDependencies } from "./dependencies.ts";
import { callerOf } from "./rate-limits.ts";

/** Of one processor in the long run: more than contracts cost that come as fast as the usual limits of requests let them. */
const SHARE_OF_STRANGERS = 0.05;
const SHARE_OF_SIGNED_IN = 0.2;

declare module "fastify" {
  interface FastifyRequest {
    /** Looks at files within the caller's share of the process that does; "too_busy" also where that is used up. */
    readonly uploads: UploadChecker;
    /** Whole seconds until another file of the caller is looked at; 0: at once. */
    readonly uploadWait: number;
  }
}

/**
 * Gives each request the checker of uploads that it may use. Machines are not counted, nor is anybody where callers are not
 * (`ORDERSEAL_RATE_LIMIT=0`).
 */
export function shareChecking(
  server: FastifyInstance,
  { uploads, requestsPerMinute }: Pick<HttpDependencies, "uploads" | "requestsPerMinute">,
): void {
  const allowance = new CheckingAllowance();
  const counted = (request: FastifyRequest): CountedCaller | null => {
    if (requestsPerMinute === 0 || request.principal?.kind === "machine") return null;
    const caller = callerOf(request);
    // An address and a person of the same name are two callers.
    return request.principal === null
      ? { key: `address ${caller}`, share: SHARE_OF_STRANGERS }
      : { key: `${request.principal.kind} ${caller}`, share: SHARE_OF_SIGNED_IN };
  };
  server.decorateRequest("uploads", {
    getter(this: FastifyRequest) {
      const caller = counted(this);
      return caller ? withinShare(uploads, allowance, caller) : uploads;
    },
  });
  server.decorateRequest("uploadWait", {
    getter(this: FastifyRequest) {
      const caller = counted(this);
      return caller ? allowance.waitSeconds(caller) : 0;
    },
  });
}

function withinShare(uploads: UploadChecker, allowance: CheckingAllowance, caller: CountedCaller): UploadChecker {
  const inTurn = async <Seen>(look: (charge: Charge) => Promise<Seen>): Promise<Seen | "too_busy"> => {
    const turn = await allowance.begin(caller);
    return turn ? look(turn.charge).finally(turn.end) : "too_busy";
  };
  return {
    check: (pdf, at) => inTurn((charge) => uploads.check(pdf, at, charge)),
    isReadable: (pdf, at) => inTurn((charge) => uploads.isReadable(pdf, at, charge)),
  };
}
