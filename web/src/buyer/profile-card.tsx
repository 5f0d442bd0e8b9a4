import { Button } from "antd";
import { useTranslation } from "react-i18next";
import type { ContactProfile } from "../api/company.ts";
import { type Fact, FactList } from "../shell/fact-list.tsx";

interface ProfileCardProps {
  readonly profile: ContactProfile;
  /** Null for whoever may only look. */
  readonly actions: {
    readonly isBusy: boolean;
    readonly onEdit: () => void;
    readonly onDelete: () => void;
    readonly onMakeDefault: () => void;
  } | null;
}

const SHOWN = ["contact", "phone", "email", "postalAddress", "purchaseOrder"] as const;

/** One contact profile: what is filled in, without what is not. */
export function ProfileCard({ profile, actions }: ProfileCardProps) {
  const { t } = useTranslation();
  const { id, label, language, isDefault } = profile;
  const filledIn: Fact[] = SHOWN.filter((name) => profile[name] !== "").map((name) => ({
    label: t(`request.fields.${name}`),
    value: <span className="said">{profile[name]}</span>,
  }));
  return (
    <li className="card profile-card" aria-labelledby={`profile-${id}`}>
      <div className="card-heading">
        <h3 id={`profile-${id}`}>{label}</h3>
        {isDefault && <span className="tag tag-info">{t("company.profiles.default")}</span>}
      </div>
      {filledIn.length === 0 && <p className="soft">{t("company.profiles.nothing")}</p>}
      <FactList
        facts={[...filledIn, { label: t("company.profiles.language"), value: t(`request.languages.${language}`) }]}
      />
      {actions && (
        <div className="profile-actions">
          <Button
            size="small"
            aria-label={t("company.profiles.editFor", { label })}
            disabled={actions.isBusy}
            onClick={actions.onEdit}
          >
            {t("company.profiles.edit")}
          </Button>
          {!isDefault && (
            <Button
              size="small"
              aria-label={t("company.profiles.makeDefaultFor", { label })}
              disabled={actions.isBusy}
              onClick={actions.onMakeDefault}
            >
              {t("company.profiles.makeDefault")}
            </Button>
          )}
          <Button
            size="small"
            danger
            type="text"
            aria-label={t("company.profiles.deleteFor", { label })}
            disabled={actions.isBusy}
            onClick={actions.onDelete}
          >
            {t("company.profiles.delete")}
          </Button>
        </div>
      )}
    </li>
  );
}
