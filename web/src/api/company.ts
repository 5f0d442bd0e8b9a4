import { queryOptions } from "@tanstack/react-query";
import { agreed, bodyOf, client } from "./client.ts";
import type { components } from "./schema";

export type ContactProfile = components["schemas"]["ContactProfile"];
type ProfileContent = Pick<
  ContactProfile,
  "label" | "language" | "contact" | "postalAddress" | "phone" | "email" | "purchaseOrder"
>;
/** What is kept, and whether it is filled in by itself from now on. */
export type WantedProfile = ProfileContent & { readonly makeDefault: boolean };

/** Of one account, as the API keeps them. */
export const MOST_PROFILES = 20;

const PROFILES_KEY = ["contact-profiles"] as const;

/** The default first, then the oldest first. */
export function profilesQuery(account: string) {
  return queryOptions({ queryKey: [...PROFILES_KEY, account], queryFn: () => fetchProfiles(account) });
}

export function createProfile(
  account: string,
  profile: WantedProfile,
  idempotencyKey: string,
): Promise<ContactProfile> {
  const params = { path: { account } };
  const headers = { "Idempotency-Key": idempotencyKey };
  return bodyOf(client.POST("/v1/accounts/{account}/contact-profiles", { params, headers, body: profile }));
}

/** Refused where somebody else has changed what is `seen`. */
export function changeProfile(account: string, seen: ContactProfile, profile: WantedProfile): Promise<ContactProfile> {
  const params = { path: { account, profile: seen.id } };
  const body = { ...profile, revision: seen.revision };
  return bodyOf(client.PUT("/v1/accounts/{account}/contact-profiles/{profile}", { params, body }));
}

export function deleteProfile(account: string, { id, revision }: ContactProfile): Promise<void> {
  const params = { path: { account, profile: id }, query: { revision: String(revision) } };
  return agreed(client.DELETE("/v1/accounts/{account}/contact-profiles/{profile}", { params }));
}

async function fetchProfiles(account: string): Promise<readonly ContactProfile[]> {
  const params = { path: { account } };
  return (await bodyOf(client.GET("/v1/accounts/{account}/contact-profiles", { params }))).items;
}

/** What a profile says, without what the books know of it. */
export function contentOf(profile: ContactProfile): ProfileContent {
  const { label, language, contact, postalAddress, phone, email, purchaseOrder } = profile;
  return { label, language, contact, postalAddress, phone, email, purchaseOrder };
}
