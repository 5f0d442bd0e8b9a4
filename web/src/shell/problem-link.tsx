import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { PATHS } from "../paths.ts";

interface ProblemLinkProps {
  readonly code: string;
  /** Tells apart the links of a list for who cannot see the row. */
  readonly of?: string;
}

/** From a refusal, or anything else that went wrong, to the page about it. */
export function ProblemLink({ code, of }: ProblemLinkProps) {
  const { t } = useTranslation();
  return (
    <Link
      className="why-link"
      to={PATHS.problem}
      params={{ code }}
      {...(of !== undefined && { "aria-label": t("help.moreFor", { of }) })}
    >
      {t("help.more")}
    </Link>
  );
}
