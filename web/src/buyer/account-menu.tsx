import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { type Session, signOut } from "../api/session.ts";
import { PATHS } from "../paths.ts";
import { Icon } from "../shell/icon.tsx";
import "./account-menu.css";

/** Whose orders these are, and the way out; what was read for one account is forgotten before the next signs in. */
export function AccountMenu({ account }: { account: NonNullable<Session["account"]> }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const leaving = useMutation({
    mutationFn: signOut,
    onSuccess: async () => {
      await navigate({ to: PATHS.signIn });
      queries.clear();
    },
  });
  const name = account.legalName ?? t("nav.noName");
  return (
    <div className="account-menu">
      <span className="account-name" title={`${name} · ${account.id}`}>
        {name}
      </span>
      <button
        type="button"
        className="icon-button"
        aria-label={t("nav.signOut")}
        title={t("nav.signOut")}
        disabled={leaving.isPending}
        onClick={() => leaving.mutate()}
      >
        <Icon name="leave" size={18} />
      </button>
    </div>
  );
}
