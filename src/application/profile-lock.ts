import type { KeptProfile, ProfileContent } from "../domain/contact-profile.ts";
import { lockForAccount, openForAccount } from "./account-lock.ts";
import { profileOfText, textOfProfile } from "./profile-content.ts";

type Locked = Pick<KeptProfile, "account" | "id" | "revision">;

/** Bound to its account, its profile and its revision: none can be taken for another, nor for what it said before. */
export function lockProfile(key: Uint8Array, profile: Locked, content: ProfileContent): Uint8Array {
  return lockForAccount(key, boundTo(profile), Buffer.from(textOfProfile(content)));
}

/** The content; null when it was altered, is another one's, or was locked under another key. */
export function openProfile(key: Uint8Array, profile: Locked, locked: Uint8Array): ProfileContent | null {
  const opened = openForAccount(key, boundTo(profile), locked);
  return opened && profileOfText(Buffer.from(opened).toString("utf8"));
}

function boundTo({ account, id, revision }: Locked) {
  return [account, id, "contact_profile", revision] as const;
}
