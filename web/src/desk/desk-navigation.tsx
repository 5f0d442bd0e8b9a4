import { Link, useLocation } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { PATHS } from "../paths.ts";
import { Icon } from "../shell/icon.tsx";
import { useMay } from "../shell/use-may.ts";
import { DESK_GROUPS } from "./desk-areas.ts";
import "./desk-navigation.css";

/** The pages that whoever is signed in can open, beside the page; on a narrow screen behind a button above it. */
export function DeskNavigation() {
  const { t } = useTranslation("desk");
  const { pathname } = useLocation();
  // Opened on one page, it is closed on the next.
  const [openOn, setOpenOn] = useState<string | null>(null);
  const isOpen = openOn === pathname;
  return (
    <div className="desk-side">
      <button
        type="button"
        className="desk-menu-button"
        aria-expanded={isOpen}
        aria-controls="desk-menu"
        onClick={() => setOpenOn(isOpen ? null : pathname)}
      >
        <Icon name="menu" /> {t("nav.menu")}
      </button>
      <nav id="desk-menu" className={isOpen ? "desk-menu desk-menu-open" : "desk-menu"} aria-label={t("nav.label")}>
        <Link to={PATHS.desk} activeOptions={{ exact: true }}>
          {t("nav.home")}
        </Link>
        {DESK_GROUPS.map((group) => (
          <Group key={group.name} group={group} />
        ))}
      </nav>
    </div>
  );
}

function Group({ group: { name, areas } }: { group: (typeof DESK_GROUPS)[number] }) {
  const { t } = useTranslation("desk");
  const may = useMay();
  const open = areas.filter(({ takes }) => may(takes));
  if (open.length === 0) return null;
  return (
    <>
      <p className="desk-menu-group">{t(`nav.group.${name}`)}</p>
      {open.map((area) => (
        <Link key={area.name} to={area.to}>
          {t(`nav.${area.name}`)}
        </Link>
      ))}
    </>
  );
}
