import type { Reading } from "./read-document.ts";
import type { DocumentVerdict, VerifyOptions } from "./verify-document.ts";

/** What is sent to the child that checks; instants and bytes pass as they are (serialization "advanced"). */
export type CheckingRequest =
  | ({ readonly kind: "verify"; readonly pdf: Uint8Array } & Pick<VerifyOptions, "roots" | "timestampRoots" | "at">)
  | { readonly kind: "read"; readonly pdf: Uint8Array };

/**
 * What the child says of a request. `begun` comes first and before the file is looked at, so that a child which was
 * dead or dying already is told apart from one that this very file has killed.
 */
export type CheckingAnswer =
  | { readonly kind: "begun" }
  | { readonly kind: "judged"; readonly verdict: DocumentVerdict; readonly cpuMs: number }
  | { readonly kind: "read"; readonly reading: Reading; readonly cpuMs: number }
  | { readonly kind: "failed"; readonly reason: string };
