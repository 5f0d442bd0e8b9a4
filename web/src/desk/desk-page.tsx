import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { type Session, sessionQuery } from "../api/session.ts";
import { useLanguage } from "../i18n/use-language.ts";
import { Icon } from "../shell/icon.tsx";
import { useMay } from "../shell/use-may.ts";
import { usePageTitle } from "../shell/use-page-title.ts";
import { useRoleWords } from "../shell/use-role-words.ts";
import { DESK_GROUPS } from "./desk-areas.ts";
import { isStaffRole, ROLE_NOTES } from "./role-notes.ts";

/** Who I am to this system, what my roles are for, and what I can do here. */
export function DeskPage() {
  const { t } = useTranslation("desk");
  const { data: session } = useQuery(sessionQuery);
  usePageTitle(t("home.heading"));
  return (
    <>
      <h1>{t("home.heading")}</h1>
      {session?.staff && <WhoIAm staff={session.staff} />}
      <h2 id="desk-areas" className="desk-subheading">
        {t("home.areas")}
      </h2>
      <AreaCards />
    </>
  );
}

function WhoIAm({ staff: { person, roles } }: { staff: NonNullable<Session["staff"]> }) {
  const { t } = useTranslation("desk");
  const { language } = useLanguage();
  const roleName = useRoleWords();
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

function AreaCards() {
  const { t } = useTranslation("desk");
  const may = useMay();
  return (
    <ul className="area-cards" aria-labelledby="desk-areas">
      {DESK_GROUPS.flatMap(({ areas }) => areas.filter(({ takes }) => may(takes))).map(({ name, to }) => (
        <li key={name}>
          <Link to={to} className="card area-card">
            <strong>
              {t(`nav.${name}`)} <Icon name="arrow" size={15} />
            </strong>
            <span className="soft">{t(`home.notes.${name}`)}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
