import { queryOptions } from "@tanstack/react-query";
import { agreed, bodyOf, client } from "./client.ts";
import { newIdempotencyKey } from "./idempotency-key.ts";
import type { operations } from "./schema";

export type DemoPerson = Awaited<ReturnType<typeof fetchDemoStaff>>[number];
type SessionBody = NonNullable<operations["openDemoSession"]["requestBody"]>["content"]["application/json"];
type DeskId = Extract<SessionBody, { desk: string }>["desk"];

/** The seller's people that a demonstration offers to sign in as; exists in demo mode only. */
export const demoStaffQuery = queryOptions({ queryKey: ["demo-staff"], queryFn: fetchDemoStaff });

export function signInAsDemoPerson(desk: DeskId): Promise<void> {
  return agreed(
    client.POST("/v1/demo/sessions", { body: { desk }, headers: { "Idempotency-Key": newIdempotencyKey() } }),
  );
}

/** Whom the API lists it lets in; only the one description names them and the other does not. */
async function fetchDemoStaff() {
  const { items } = await bodyOf(client.GET("/v1/demo/staff"));
  return items.map((person) => ({ ...person, id: person.id as DeskId }));
}
