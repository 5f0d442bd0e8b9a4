import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { type Session, signOut } from "../api/session.ts";
import { PATHS } from "../paths.ts";
import { Icon } from "./icon.tsx";
import "./account-menu.css";

/** Whose orders these are, or who at the desk looks at them, and the way out; what was read for one account is forgotten before the next signs in. */
export function AccountMenu({ session: { account, staff } }: { session: Session }) {
  const { t } = useTranslation();
  const leaving = useMutation({
    mutationFn: signOut,
    // A full navigation: nothing that was read stays, whether or not the identity provider has to be passed.
    onSuccess: (signOutUrl) => window.location.assign(signOutUrl ?? PATHS.signIn),
  });
  const name = account ? (account.legalName ?? t("nav.noName")) : (staff?.person ?? "");
  return (
    <div className="account-menu">
      <span className="account-name" title={account ? `${name} · ${account.id}` : name}>
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
