import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { type Static, Type } from "typebox";
import { blanksAllowedIn, CLAUSE_LIBRARY, CLAUSE_NUMBERS, OMITTABLE_CLAUSES } from "../domain/clause-library.ts";
import { clausesOfTemplate } from "../domain/clauses-of-template.ts";
import { partsOf, TEMPLATES, type TemplateName } from "../domain/contract-template.ts";
import type { HttpDependencies } from "./dependencies.ts";
import { Localized } from "./schema-parts.ts";
import { answers } from "./schemas.ts";

const TemplateSchema = Type.Object({
  name: Type.String({ description: "Family and version, as every contract names it: order/1" }),
  family: Type.String(),
  version: Type.Integer(),
  newest: Type.Boolean({ description: "New contracts of its family are drawn by it" }),
  title: Type.Object(Localized.properties, { description: "Of the document" }),
  subject: Type.Unsafe<"order" | "bill">(Type.Enum(["order", "bill"], { description: "What its contracts are on" })),
  library: Type.String({ description: "The version of the parts that it draws with" }),
  clauses: Type.Array(Type.String(), { description: "Clauses that it picks for some order; see listClauses" }),
});

const ClauseSchema = Type.Object({
  clause: Type.String({ description: "Its number, which never means another clause" }),
  title: Localized,
  text: Type.Object(Localized.properties, { description: "Blanks in braces are filled for each contract" }),
  blanks: Type.Array(Type.String(), { description: "Those that another wording of it may use" }),
  mayBeOmitted: Type.Boolean(),
});

/** What contracts are drawn from: the templates, and the clauses that they pick from. */
export function templateRoutes({ templates }: HttpDependencies): FastifyPluginAsyncTypebox {
  return async (server) => {
    const tags = ["wording"];

    server.get(
      "/v1/templates",
      {
        config: { access: "policy:review" },
        schema: {
          operationId: "listTemplates",
          tags,
          description: "All of them, every version that some contract may have been drawn by.",
          response: answers({ 200: Type.Object({ items: Type.Array(TemplateSchema), next: Type.Null() }) }),
        },
      },
      async (_request, reply) => reply.send({ items: TEMPLATES.map(templateJson), next: null }),
    );

    server.get(
      "/v1/clauses",
      {
        config: { access: "policy:review" },
        schema: {
          operationId: "listClauses",
          tags,
          description: "The clause library, in the order of its numbers.",
          response: answers({ 200: Type.Object({ items: Type.Array(ClauseSchema), next: Type.Null() }) }),
        },
      },
      async (_request, reply) => reply.send({ items: CLAUSE_NUMBERS.map(clauseJson), next: null }),
    );
  };

  function templateJson(name: TemplateName): Static<typeof TemplateSchema> {
    const { family, version } = partsOf(name);
    const { title, library, draws } = templates[name];
    const versions = TEMPLATES.map(partsOf).filter((other) => other.family === family);
    return {
      name,
      family,
      version,
      newest: versions.every((other) => other.version <= version),
      title: { ...title },
      subject: draws,
      library,
      clauses: [...clausesOfTemplate(name)],
    };
  }
}

function clauseJson(clause: (typeof CLAUSE_NUMBERS)[number]): Static<typeof ClauseSchema> {
  const { title, text } = CLAUSE_LIBRARY[clause];
  return {
    clause,
    title: { ...title },
    text: { ...text },
    blanks: [...blanksAllowedIn(clause)],
    mayBeOmitted: OMITTABLE_CLAUSES.includes(clause),
  };
}
