import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { sessionQuery } from "../api/session.ts";
import { useLanguage } from "../i18n/use-language.ts";
import { useRoleWords } from "../shell/use-role-words.ts";
import { isStaffRole, ROLE_NOTES } from "./role-notes.ts";

/** Who I am to this system, and what my roles are for. */
export function WhoIAm() {
  const { t } = useTranslation("desk");
  const { language } = useLanguage();
  const roleName = useRoleWords();
  const { data: session } = useQuery(sessionQuery);
  if (!session?.staff) return null;
  const { person, roles } = session.staff;
  return (
    <section className="card who-i-am" aria-label={t("home.signedInAs")}>
      <p className="soft small">{t("home.signedInAs")}</p>
      <p className="who-i-am-name wrap">{person}</p>
      <p className="soft small">{t("home.roles")}</p>
      {roles.length === 0 && <p>{t("home.noRoles")}</p>}
      <ul className="role-list">
        {roles.map((role) => (
          <li key={role}>
            <strong>{roleName(role)}</strong>
            {isStaffRole(role) && <span className="soft">{ROLE_NOTES[role][language]}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}
