import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { type ContactProfile, contentOf } from "../api/company.ts";
import { isProblemCode } from "../api/problem-error.ts";
import { ProfileForm } from "./profile-form.tsx";
import { useChangeProfile } from "./use-contact-profiles.ts";

interface EditProfileProps {
  readonly account: string;
  readonly seen: ContactProfile;
  /** Shows what somebody else has made of it; null while nobody has. */
  readonly onNewest: (() => void) | null;
  readonly onSaved: (profile: ContactProfile) => void;
  readonly onCancel: () => void;
}

/** Changes the profile as it was seen. Refused because it is another by now, the newest is one button away. */
export function EditProfile({ account, seen, onNewest, onSaved, onCancel }: EditProfileProps) {
  const { t } = useTranslation();
  const changing = useChangeProfile(account, onSaved);
  const isOutdated = isProblemCode(changing.error, "profile_changed");
  return (
    <ProfileForm
      initial={{ ...contentOf(seen), makeDefault: false }}
      asksForDefault={!seen.isDefault}
      saving={changing}
      onSave={(wanted) => changing.mutate({ seen, wanted })}
      onCancel={onCancel}
      wayOut={isOutdated && onNewest && <Button onClick={onNewest}>{t("company.dialog.showNewest")}</Button>}
    />
  );
}
