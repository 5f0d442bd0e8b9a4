import { useTranslation } from "react-i18next";
import type { RequestDetails, Subject } from "../api/contracts.ts";
import { previewPdfUrl } from "../paths.ts";
import { Icon } from "../shell/icon.tsx";

interface PreviewLinkProps {
  readonly subject: Subject;
  readonly choices: RequestDetails;
  /** Where something else beside it says what it opens. */
  readonly text?: string;
  /** Tells apart the links of a list for who cannot see the row. */
  readonly label?: string;
}

/** What the contract would look like, in a tab of its own: watermarked, unsealed, occupying nothing (R21). */
export function PreviewLink({ subject, choices, text, label }: PreviewLinkProps) {
  const { t } = useTranslation();
  return (
    <a
      className="next-step"
      href={previewPdfUrl(subject, choices)}
      target="_blank"
      rel="noopener"
      {...(label !== undefined && { "aria-label": label })}
    >
      {text ?? t("request.preview")} <Icon name="open" size={13} />
    </a>
  );
}
