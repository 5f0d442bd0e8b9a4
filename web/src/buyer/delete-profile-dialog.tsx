import { Button, Modal } from "antd";
import { useTranslation } from "react-i18next";
import type { ContactProfile } from "../api/company.ts";
import { ProblemPanel } from "../shell/problem-panel.tsx";
import { useDeleteProfile } from "./use-contact-profiles.ts";
import "../shell/dialog.css";

interface DeleteProfileDialogProps {
  readonly account: string;
  readonly profile: ContactProfile;
  /** Whether there are others, one of which is the default from then on. */
  readonly hasHeirs: boolean;
  readonly onDeleted: () => void;
  readonly onClosed: () => void;
}

/** Asks before a profile is gone, and says what stays. */
export function DeleteProfileDialog(props: DeleteProfileDialogProps) {
  const { account, profile, hasHeirs, onDeleted, onClosed } = props;
  const { t } = useTranslation();
  const deleting = useDeleteProfile(account, () => {
    onDeleted();
    onClosed();
  });
  return (
    <Modal
      open
      title={t("company.dialog.deleteTitle", { label: profile.label })}
      footer={null}
      width={480}
      style={{ top: 96 }}
      mask={{ closable: false }}
      closable={{ "aria-label": t("common.close") }}
      onCancel={onClosed}
    >
      <p>{t("company.dialog.deleteText")}</p>
      {profile.isDefault && hasHeirs && <p>{t("company.dialog.deleteDefault")}</p>}
      {deleting.error && <ProblemPanel error={deleting.error} />}
      <div className="dialog-actions delete-actions">
        <Button onClick={onClosed}>{t("request.cancel")}</Button>
        <Button danger loading={deleting.isPending && { delay: 300 }} onClick={() => deleting.mutate(profile)}>
          {t("company.dialog.deleteConfirm")}
        </Button>
      </div>
    </Modal>
  );
}
