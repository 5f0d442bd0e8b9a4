import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import {
  type ContactProfile,
  changeProfile,
  createProfile,
  deleteProfile,
  profilesQuery,
  type WantedProfile,
} from "../api/company.ts";
import { useMay } from "../shell/use-may.ts";
import { useOnce } from "../shell/use-once.ts";

/** The profiles of an account as they are now; not asked for where the reader may not see them. */
export function useContactProfiles(account: string | null) {
  const may = useMay()("profiles:read");
  return useQuery({
    ...profilesQuery(account ?? ""),
    enabled: may && account !== null,
    refetchOnMount: "always",
    retry: false,
  });
}

export function useCreateProfile(account: string, onCreated?: (profile: ContactProfile) => void) {
  const readAgain = useReadAgain(account);
  return useOnce({
    send: (profile: WantedProfile, key) => createProfile(account, profile, key),
    nameOf: (profile) => JSON.stringify(profile),
    onSettled: async (made) => {
      await readAgain();
      if (made) onCreated?.(made);
    },
  });
}

interface Change {
  readonly seen: ContactProfile;
  readonly wanted: WantedProfile;
}

export function useChangeProfile(account: string, onChanged?: (profile: ContactProfile) => void) {
  const readAgain = useReadAgain(account);
  return useMutation({
    mutationFn: ({ seen, wanted }: Change) => changeProfile(account, seen, wanted),
    onSettled: async (changed) => {
      await readAgain();
      if (changed) onChanged?.(changed);
    },
  });
}

export function useDeleteProfile(account: string, onDeleted: () => void) {
  const readAgain = useReadAgain(account);
  return useMutation({
    mutationFn: (seen: ContactProfile) => deleteProfile(account, seen),
    onSettled: async (_, error) => {
      await readAgain();
      if (error === null) onDeleted();
    },
  });
}

/** Whatever came of it, and before anything is said of it: what is shown is what is stored. */
function useReadAgain(account: string) {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: profilesQuery(account).queryKey });
}
