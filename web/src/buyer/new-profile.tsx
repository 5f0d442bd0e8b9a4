import type { ContactProfile } from "../api/company.ts";
import { ProfileForm } from "./profile-form.tsx";
import { UNCHOSEN } from "./unchosen.ts";
import { useCreateProfile } from "./use-contact-profiles.ts";

interface NewProfileProps {
  readonly account: string;
  readonly isFirst: boolean;
  readonly onSaved: (profile: ContactProfile) => void;
  readonly onCancel: () => void;
}

/** The first one of an account is its default without being asked. */
export function NewProfile({ account, isFirst, onSaved, onCancel }: NewProfileProps) {
  const creating = useCreateProfile(account, onSaved);
  return (
    <ProfileForm
      initial={{ label: "", ...UNCHOSEN, makeDefault: false }}
      asksForDefault={!isFirst}
      saving={creating}
      onSave={(wanted) => creating.mutate(wanted)}
      onCancel={onCancel}
    />
  );
}
