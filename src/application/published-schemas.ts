import type { TSchema } from "typebox";
import { ContractData } from "./contract-data-schema.ts";
import { WordingDocument } from "./wording-document.ts";

/** JSON Schemas (2020-12) of documents that outlive this release, by the name under which they are served and filed. */
export const PUBLISHED_SCHEMAS: Readonly<Record<string, TSchema>> = {
  "contract-1": ContractData,
  "wording-1": WordingDocument,
};

/** As it stands in docs/schemas and is served: what a validator reads, and nothing of how it was made. */
export function schemaText(schema: TSchema): string {
  return `${JSON.stringify({ $schema: "https://json-schema.org/draft/2020-12/schema", ...schema }, null, 2)}\n`;
}
