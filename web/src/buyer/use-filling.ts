import { useState } from "react";
import { type ContactProfile, contentOf, MOST_PROFILES } from "../api/company.ts";
import type { RequestDetails } from "../api/contracts.ts";
import { useMay } from "../shell/use-may.ts";
import { UNCHOSEN } from "./unchosen.ts";
import { useCreateProfile } from "./use-contact-profiles.ts";

export type Filling = ReturnType<typeof useFilling>;

/** What a request is filled in from: a profile, of the default one at once, or by hand; and whether that is kept as one. */
export function useFilling(account: string | null, profiles: readonly ContactProfile[]) {
  const first = profiles.find(({ isDefault }) => isDefault) ?? null;
  const [profile, setProfile] = useState(first?.id ?? null);
  const [choices, setChoices] = useState<RequestDetails>(first ? detailsOf(first) : UNCHOSEN);
  const [isKept, setKept] = useState(false);
  const [label, setLabel] = useState("");
  const mayKeep = useMay()("profiles:write") && account !== null && profiles.length < MOST_PROFILES;
  const saving = useCreateProfile(account ?? "");
  return {
    profiles,
    profile,
    choices,
    setChoices,
    /** From a profile, or by hand where there is none of this id. */
    choose(id: string): void {
      const chosen = profiles.find((each) => each.id === id) ?? null;
      setProfile(chosen?.id ?? null);
      setChoices(chosen ? detailsOf(chosen) : UNCHOSEN);
      setKept(false);
    },
    keeping: mayKeep && profile === null ? { isKept, setKept, label, setLabel } : null,
    saving,
    /** Keeps what was filled in by hand, where that is wanted; throws as the API refuses, with the reason in `saving`. */
    async keep(): Promise<void> {
      if (!isKept || profile !== null) return;
      const made = await saving.mutateAsync({ ...choices, label, makeDefault: false });
      // Sent again, the request keeps it no second time.
      setProfile(made.id);
      setKept(false);
    },
  };
}

function detailsOf(profile: ContactProfile): RequestDetails {
  const { label: _, ...details } = contentOf(profile);
  return details;
}
