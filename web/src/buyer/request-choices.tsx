import { useTranslation } from "react-i18next";
import { BuyerFields } from "./buyer-fields.tsx";
import { ContractLanguageField } from "./contract-language-field.tsx";
import { KeepProfile } from "./keep-profile.tsx";
import { ProfileChoice } from "./profile-choice.tsx";
import type { Filling } from "./use-filling.ts";

interface RequestChoicesProps {
  readonly filling: Filling;
  readonly disabled: boolean;
}

/** The little that the buyer may choose (R6), filled in from a contact profile or by hand. */
export function RequestChoices({ filling, disabled }: RequestChoicesProps) {
  const { t } = useTranslation();
  const { choices, setChoices } = filling;
  return (
    <>
      <ProfileChoice filling={filling} disabled={disabled} />
      <ContractLanguageField
        value={choices.language}
        disabled={disabled}
        onChange={(language) => setChoices({ ...choices, language })}
      />
      <BuyerFields choices={choices} disabled={disabled} onChange={setChoices} hint={t("request.filledInHint")} />
      <KeepProfile filling={filling} disabled={disabled} />
    </>
  );
}
