import { Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ContactProfile } from "../api/company.ts";
import { EditProfile } from "./edit-profile.tsx";
import { NewProfile } from "./new-profile.tsx";
import "../shell/dialog.css";

interface ProfileDialogProps {
  readonly account: string;
  /** All of the account, as they are now. */
  readonly profiles: readonly ContactProfile[];
  /** The one to change; null for a new one. */
  readonly profile: ContactProfile | null;
  readonly onSaved: (profile: ContactProfile) => void;
  readonly onClosed: () => void;
}

/** Adds a contact profile or changes one; what somebody else has changed meanwhile is shown before it is overwritten. */
export function ProfileDialog({ account, profiles, profile, onSaved, onClosed }: ProfileDialogProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(true);
  const [seen, setSeen] = useState(profile);
  const close = () => setOpen(false);
  const saved = (made: ContactProfile) => {
    onSaved(made);
    close();
  };
  const newest = profiles.find(({ id }) => id === seen?.id);
  return (
    <Modal
      open={open}
      title={t(profile ? "company.dialog.editTitle" : "company.dialog.newTitle")}
      footer={null}
      width={600}
      style={{ top: 32 }}
      mask={{ closable: false }}
      closable={{ "aria-label": t("common.close") }}
      onCancel={close}
      afterClose={onClosed}
    >
      {seen ? (
        <EditProfile
          key={seen.revision}
          {...{ account, seen }}
          onNewest={newest && newest.revision !== seen.revision ? () => setSeen(newest) : null}
          onSaved={saved}
          onCancel={close}
        />
      ) : (
        <NewProfile account={account} isFirst={profiles.length === 0} onSaved={saved} onCancel={close} />
      )}
    </Modal>
  );
}
