import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../shell/icon.tsx";

interface PersonaCardProps {
  readonly name: string;
  readonly tags: ReactNode;
  readonly note: string;
  readonly foot: ReactNode;
  readonly disabled: boolean;
  readonly onEnter: () => void;
}

/** Somebody to sign in as: the whole card is the button. */
export function PersonaCard({ name, tags, note, foot, disabled, onEnter }: PersonaCardProps) {
  const { t } = useTranslation();
  return (
    <button type="button" className="card persona" disabled={disabled} onClick={onEnter}>
      <strong className="persona-name">{name}</strong>
      <span className="persona-tags">{tags}</span>
      <span className="persona-note">{note}</span>
      <span className="persona-foot">
        <span>{foot}</span>
        <span className="persona-enter">
          {t("signIn.enter")} <Icon name="arrow" />
        </span>
      </span>
    </button>
  );
}
