import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { Type } from "typebox";
import { proveConsistency, proveInclusion } from "../application/prove-logged.ts";
import type { HttpDependencies } from "./dependencies.ts";
import { sendFault } from "./problem-reply.ts";
import { answers } from "./schemas.ts";

/** Numbers of leaves: an address is text, and these may be beyond 32 bits. */
const COUNT = "^(?:0|[1-9]\\d{0,14})$";
const LEAF = /^[0-9a-f]{64}$/;
const Count = (description: string) => Type.String({ pattern: COUNT, description });
const Hash = Type.String({ description: "SHA-256 in base64" });

/** The transparency log, for anybody: signed heads, proofs, and what was entered. */
export function logRoutes({ transparencyLog, logKeys }: HttpDependencies): FastifyPluginAsyncTypebox {
  return async (server) => {
    const config = { access: "anybody", seesEverything: true } as const;
    const tags = ["transparency log"];

    server.get(
      "/v1/log/checkpoint",
      {
        config,
        schema: {
          operationId: "showCheckpoint",
          tags,
          response: answers({
            200: {
              description: "The newest signed head (C2SP tlog-checkpoint): name, number of leaves, root, signatures",
              content: { "text/plain": { schema: Type.Unsafe<string>({}) } },
            },
          }),
        },
      },
      async (request, reply) => {
        const checkpoint = await transparencyLog.checkpoint();
        if (!checkpoint) return sendFault(request, reply, "not_logged_yet");
        return reply.type("text/plain; charset=utf-8").header("cache-control", "no-cache").send(checkpoint.note);
      },
    );

    server.get(
      "/v1/log/keys",
      {
        config,
        schema: {
          operationId: "showLogKeys",
          tags,
          response: answers({
            200: Type.Object({
              origin: Type.String({ description: "The log's name, the first line of each checkpoint" }),
              keys: Type.Array(Type.String(), {
                description: "Whose signatures to expect, the present one first (C2SP signed-note verifier keys)",
              }),
            }),
          }),
        },
      },
      async (request, reply) => {
        const checkpoint = await transparencyLog.checkpoint();
        if (!checkpoint) return sendFault(request, reply, "not_logged_yet");
        const { origin } = checkpoint;
        return reply.send({ origin, keys: [...logKeys.verifierKeys(origin)] });
      },
    );

    server.get(
      "/v1/log/inclusion/:leaf",
      {
        config,
        schema: {
          operationId: "proveInclusion",
          tags,
          params: Type.Object({
            leaf: Type.String({ description: "Hash of the leaf: 64 hexadecimal digits" }),
          }),
          querystring: Type.Object({ size: Type.Optional(Count("Of a former tree; else the newest")) }),
          response: answers({
            200: Type.Object({ index: Type.Integer(), size: Type.Integer(), hashes: Type.Array(Hash) }),
          }),
        },
      },
      async (request, reply) => {
        const size = request.query.size === undefined ? null : Number(request.query.size);
        const { leaf } = request.params;
        const hash = LEAF.test(leaf) ? Buffer.from(leaf, "hex") : null;
        const proof = hash && (await proveInclusion(transparencyLog, hash, size));
        if (!proof) return sendFault(request, reply, "not_found");
        return reply.send({ ...proof, hashes: proof.hashes.map(base64) });
      },
    );

    server.get(
      "/v1/log/consistency",
      {
        config,
        schema: {
          operationId: "proveConsistency",
          tags,
          querystring: Type.Object({
            from: Type.Optional(Count("Leaves of the former tree; else none")),
            to: Type.Optional(Count("Leaves of the later one; else the newest")),
          }),
          response: answers({ 200: Type.Object({ hashes: Type.Array(Hash) }) }),
        },
      },
      async (request, reply) => {
        const { from = "0", to } = request.query;
        const hashes = await proveConsistency(transparencyLog, Number(from), to === undefined ? null : Number(to));
        if (!hashes) return sendFault(request, reply, "not_found");
        return reply.send({ hashes: hashes.map(base64) });
      },
    );

    server.get(
      "/v1/log/entries",
      {
        config,
        schema: {
          operationId: "listLogEntries",
          tags,
          querystring: Type.Object({
            from: Type.Optional(Count("Index of the first one")),
            limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
          }),
          response: answers({
            200: Type.Object(
              { items: Type.Array(Hash) },
              { description: "32 bytes each; the hash of a leaf is SHA-256 over a zero byte and these (RFC 6962)" },
            ),
          }),
        },
      },
      async (request, reply) => {
        const { from = "0", limit = 1000 } = request.query;
        return reply.send({ items: (await transparencyLog.entries(Number(from), limit)).map(base64) });
      },
    );
  };
}

function base64(hash: Uint8Array): string {
  return Buffer.from(hash).toString("base64");
}
