import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Icon } from "../shell/icon.tsx";
import { useMay } from "../shell/use-may.ts";
import { DESK_GROUPS } from "./desk-areas.ts";

/** What I can do here. */
export function AreaCards() {
  const { t } = useTranslation("desk");
  const may = useMay();
  return (
    <>
      <h2 id="desk-areas" className="desk-subheading">
        {t("home.areas")}
      </h2>
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
    </>
  );
}
