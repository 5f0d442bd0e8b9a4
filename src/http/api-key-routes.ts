import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { type Static, Type } from "typebox";
import { answerOnce } from "../application/answer-once.ts";
import { type ApiKey, createApiKey, type KeyHolder, revokeApiKey, stateOfKey } from "../application/api-keys.ts";
import { FIRST_ANSWERS } from "../application/first-answers.ts";
import { MACHINE_SCOPES, PERMISSIONS, type Permission, STAFF_ROLES, type StaffRole } from "../domain/roles.ts";
import { type Instant as AnInstant, isoOf, parseInstant } from "../domain/time.ts";
import { actorOf } from "./authentication.ts";
import type { HttpDependencies } from "./dependencies.ts";
import { IdempotencyHeader, isKeyFault, repeatableRequest } from "./idempotency-key.ts";
import { invalidField } from "./invalid-field.ts";
import { lockSecret, openSecret } from "./kept-secret.ts";
import { sendFault, sendInputFault } from "./problem-reply.ts";
import { Instant, NullableInstant } from "./schema-parts.ts";
import { answers } from "./schemas.ts";

const Name = Type.String({ minLength: 1, maxLength: 100, pattern: "\\S" });
const Scope = Type.Unsafe<Permission>({ type: "string", enum: [...PERMISSIONS] });
const ApiKeySchema = Type.Object({
  id: Type.String(),
  name: Type.String(),
  kind: Type.Union([Type.Literal("machine"), Type.Literal("staff")]),
  roles: Type.Array(Type.String(), { description: "Of a person's key" }),
  scopes: Type.Union([Type.Array(Type.String()), Type.Null()], { description: "Null: all that the roles allow" }),
  state: Type.Union([Type.Literal("active"), Type.Literal("revoked"), Type.Literal("expired")]),
  createdAt: Instant,
  createdBy: Type.String(),
  expiresAt: NullableInstant,
  revokedAt: NullableInstant,
  lastUsedAt: NullableInstant,
});

const NewKeyBody = Type.Object(
  {
    name: Name,
    scopes: Type.Optional(
      Type.Array(Scope, { minItems: 1, uniqueItems: true, description: "Left out: all that such a key may have" }),
    ),
    roles: Type.Optional(
      Type.Array(Type.Unsafe<StaffRole>({ type: "string", enum: [...STAFF_ROLES] }), {
        minItems: 1,
        uniqueItems: true,
        description: "Of the person that the key is named after and acts for; left out: a machine's key",
      }),
    ),
    expiresAt: Type.Optional(Instant),
  },
  { additionalProperties: false },
);

/** Keys: made, listed without their secrets, ended. */
export function apiKeyRoutes(dependencies: HttpDependencies): FastifyPluginAsyncTypebox {
  return async (server) => {
    const { access, clock } = dependencies;
    const config = { access: "api-keys:manage" } as const;
    const tags = ["access"];

    server.get(
      "/v1/api-keys",
      {
        config: { access: "api-keys:read" },
        schema: {
          operationId: "listApiKeys",
          tags,
          response: answers({ 200: Type.Object({ items: Type.Array(ApiKeySchema) }) }),
        },
      },
      async (_request, reply) => {
        const at = clock.now();
        return reply.send({ items: (await access.listApiKeys()).map((key) => keyJson(key, at)) });
      },
    );

    server.post(
      "/v1/api-keys",
      {
        config,
        schema: {
          operationId: "createApiKey",
          tags,
          description: "The secret is in this answer and, repeated under its key, in the same again; in no other.",
          headers: IdempotencyHeader,
          body: NewKeyBody,
          response: answers({ 201: Type.Intersect([ApiKeySchema, Type.Object({ key: Type.String() })]) }),
        },
      },
      async (request, reply) => {
        const holder = holderOf(request.body);
        if ("unfit" in holder) return sendInputFault(request, reply, invalidField("scopes", holder.unfit));
        const expiresAt = request.body.expiresAt === undefined ? null : parseInstant(request.body.expiresAt);
        if (expiresAt !== null && expiresAt <= clock.now()) {
          return sendInputFault(request, reply, invalidField("expiresAt", request.body.expiresAt ?? ""));
        }
        const name = request.body.name.trim().normalize("NFC");
        const outcome = await answerOnce(
          dependencies,
          repeatableRequest(request, null),
          FIRST_ANSWERS.createApiKey,
          (ports) =>
            createApiKey(ports, actorOf(request), { name, holder, expiresAt }, (secret) =>
              lockSecret(dependencies, secret),
            ),
        );
        if (isKeyFault(outcome)) return sendFault(request, reply, outcome.kind);
        const secret = openSecret(dependencies, outcome.secret);
        if (secret === null) return sendFault(request, reply, "idempotency_key_reused");
        return reply.code(201).send({ ...keyJson(outcome.key, clock.now()), key: secret });
      },
    );

    server.delete(
      "/v1/api-keys/:key",
      {
        config,
        schema: {
          operationId: "revokeApiKey",
          tags,
          params: Type.Object({ key: Type.String() }),
          response: answers({ 204: Type.Null() }),
        },
      },
      async (request, reply) => {
        const id = request.params.key;
        const isRevoked = /^[0-9a-f-]{36}$/.test(id) && (await revokeApiKey(dependencies, actorOf(request), id));
        return isRevoked ? reply.code(204).send(null) : sendFault(request, reply, "not_found");
      },
    );
  };
}

function holderOf({ roles, scopes }: Static<typeof NewKeyBody>): KeyHolder | { readonly unfit: string } {
  if (roles !== undefined) return { kind: "staff", roles, scopes: scopes ?? null };
  const known: readonly string[] = MACHINE_SCOPES;
  const unfit = scopes?.find((scope) => !known.includes(scope));
  return unfit === undefined ? { kind: "machine", scopes: scopes ?? MACHINE_SCOPES } : { unfit };
}

function keyJson(key: ApiKey, at: AnInstant): Static<typeof ApiKeySchema> {
  const { id, name, holder, createdAt, createdBy, expiresAt, revokedAt, lastUsedAt } = key;
  return {
    ...{ id, name, createdBy, kind: holder.kind, state: stateOfKey(key, at), createdAt: isoOf(createdAt) },
    roles: holder.kind === "machine" ? [] : [...holder.roles],
    scopes: holder.scopes && [...holder.scopes],
    expiresAt: expiresAt && isoOf(expiresAt),
    revokedAt: revokedAt && isoOf(revokedAt),
    lastUsedAt: lastUsedAt && isoOf(lastUsedAt),
  };
}
