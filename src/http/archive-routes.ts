import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { Type } from "typebox";
import { downloadArchive } from "../application/download-archive.ts";
import { showContract } from "../application/show-contract.ts";
import { parseContractNumber } from "../domain/contract-number.ts";
import { accountScope } from "./authentication.ts";
import type { HttpDependencies } from "./dependencies.ts";
import { sendDocument } from "./document-reply.ts";
import { sendFault } from "./problem-reply.ts";
import { answers } from "./schemas.ts";

/** The long-term form of a contract's sealed file: for whom may download the sealed one, too. */
export function archiveRoutes(dependencies: HttpDependencies): FastifyPluginAsyncTypebox {
  return async (server) => {
    server.get(
      "/v1/contracts/:number/archive.pdf",
      {
        config: { access: "contracts:read" },
        schema: {
          operationId: "downloadArchive",
          tags: ["contracts"],
          params: Type.Object({ number: Type.String() }),
          response: answers({
            200: {
              description: "The newest archive: the sealed file with validation data and a timestamp behind it",
              content: { "application/pdf": { schema: Type.Unsafe<Buffer>({}) } },
            },
          }),
        },
      },
      async (request, reply) => {
        const number = parseContractNumber(request.params.number);
        const shown = number && (await showContract(dependencies, number, accountScope(request)));
        if (!shown) return sendFault(request, reply, "not_found");
        const { archive } = shown;
        if (!archive) return sendFault(request, reply, "contract_not_archived");
        return sendDocument(request, reply, {
          hash: archive.document,
          fileName: `${shown.contract.number}-archive.pdf`,
          lasts: "until_renewed",
          read: () => downloadArchive(dependencies, shown.contract, archive),
        });
      },
    );
  };
}
