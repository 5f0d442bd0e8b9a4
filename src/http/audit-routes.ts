import { Readable } from "node:stream";
import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { type Static, Type } from "typebox";
import type { AuditFilter } from "../application/audit-shelf.ts";
import { AUDIT_FORMATS, type AuditFormat, auditLineJson, exportAudit } from "../application/export-audit.ts";
import { parseAccountId } from "../domain/identifiers.ts";
import type { InputFault } from "../domain/input-fault.ts";
import { parseInstant } from "../domain/time.ts";
import { actorOf } from "./authentication.ts";
import type { HttpDependencies } from "./dependencies.ts";
import { invalidField } from "./invalid-field.ts";
import { sendFault, sendInputFault } from "./problem-reply.ts";
import { Instant, NullableText } from "./schema-parts.ts";
import { answers, PageQuery, pageOf } from "./schemas.ts";

/** Nothing that is written down holds a NUL, and the database takes none. */
const WORD = { minLength: 1, maxLength: 200, pattern: "^[^\\u0000]*$" } as const;
const Text = Type.Optional(Type.String(WORD));
const Filter = {
  account: Text,
  object: Type.Optional(Type.String({ ...WORD, description: "Number or id of what was acted on" })),
  objectKind: Text,
  action: Text,
  actor: Text,
  from: Type.Optional(Type.String({ description: "First instant, inclusive" })),
  to: Type.Optional(Type.String({ description: "Last instant, exclusive" })),
};
const FilterQuery = Type.Object(Filter);

const EntrySchema = Type.Object(
  {
    position: Type.String({ description: "Its place in the audit, without gaps" }),
    id: Type.String(),
    at: Instant,
    actor: Type.Object({ kind: Type.String(), id: Type.String() }),
    from: Type.Union([Type.String(), Type.Null()], {
      description: "Address of the caller, or machine of the terminal",
    }),
    action: Type.String(),
    account: NullableText,
    object: Type.Object({ kind: Type.String(), id: Type.String() }),
    policyVersion: Type.Union([Type.Integer(), Type.Null()]),
    detail: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number(), Type.Boolean(), Type.Null()])),
  },
  { description: "Who did what, on which object, from where, under which policy" },
);

const HeadSchema = Type.Object({
  batch: Type.Integer(),
  position: Type.Integer({ description: "Of the last entry that it covers" }),
  sha256: Type.String(),
});

/** The audit: read, taken away as a file, and where its chain is. */
export function auditRoutes(dependencies: HttpDependencies): FastifyPluginAsyncTypebox {
  return async (server) => {
    const { ledger } = dependencies;
    const config = { access: "audit:read" } as const;
    const tags = ["audit"];

    server.get(
      "/v1/audit",
      {
        config,
        schema: {
          operationId: "listAudit",
          tags,
          description: "Newest first. An entry is here within a second of the change that it tells of.",
          querystring: Type.Object({ ...PageQuery, ...Filter }, { additionalProperties: false }),
          response: answers({ 200: pageOf(EntrySchema) }),
        },
      },
      async (request, reply) => {
        const { limit = 50, cursor = null, ...asked } = request.query;
        const filter = filterOf(asked);
        if ("field" in filter) return sendInputFault(request, reply, filter);
        const { items, next } = await ledger.listAudit(filter, { limit, cursor });
        return reply.send({ items: items.map(auditLineJson), next });
      },
    );

    server.get(
      "/v1/audit/export",
      {
        config,
        exposeHeadRoute: false,
        schema: {
          operationId: "exportAudit",
          tags,
          description: "Oldest first, as CSV or a line of JSON for each entry; that it was taken is an entry, too.",
          querystring: Type.Object(
            {
              ...Filter,
              format: Type.Optional(Type.Unsafe<AuditFormat>({ type: "string", enum: [...AUDIT_FORMATS] })),
            },
            { additionalProperties: false },
          ),
          response: answers({
            200: {
              description: "The entries",
              content: { "text/csv": { schema: Type.String() }, "application/x-ndjson": { schema: Type.String() } },
            },
          }),
        },
      },
      async (request, reply) => {
        const { format = "csv", ...asked } = request.query;
        const filter = filterOf(asked);
        if ("field" in filter) return sendInputFault(request, reply, filter);
        const pieces = exportAudit(dependencies, actorOf(request), filter, format);
        return reply
          .type(format === "csv" ? "text/csv; charset=utf-8" : "application/x-ndjson; charset=utf-8")
          .header("content-disposition", `attachment; filename="audit.${format}"`)
          .send(Readable.from(pieces));
      },
    );

    server.get(
      "/v1/audit/head",
      {
        config,
        schema: {
          operationId: "showAuditHead",
          tags,
          description:
            "What to write down elsewhere: `orderseal audit verify --expect` tells later whether the audit still goes on from there.",
          response: answers({ 200: HeadSchema }),
        },
      },
      async (request, reply) => {
        const head = await dependencies.chain.head();
        return head ? reply.send({ ...head }) : sendFault(request, reply, "not_found");
      },
    );
  };
}

function filterOf(asked: Static<typeof FilterQuery>): AuditFilter | InputFault {
  const [from, to] = [asked.from, asked.to].map((text) => (text === undefined ? null : parseInstant(text)));
  if (asked.from !== undefined && from === null) return invalidField("from", asked.from);
  if (asked.to !== undefined && to === null) return invalidField("to", asked.to);
  const account = asked.account === undefined ? null : parseAccountId(asked.account);
  if (asked.account !== undefined && account === null) return invalidField("account", asked.account);
  const { object = null, objectKind = null, action = null, actor = null } = asked;
  return { account, object, objectKind, action, actor, from: from ?? null, to: to ?? null };
}
