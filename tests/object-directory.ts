import type { Services } from "../src/services.ts";

/** Where a service under test keeps its files; it fails for one that keeps them in a bucket. */
export function objectDirectory({ environment: { objects } }: Pick<Services, "environment">): string {
  if (typeof objects !== "string") throw new Error("the files are in a bucket");
  return objects;
}
