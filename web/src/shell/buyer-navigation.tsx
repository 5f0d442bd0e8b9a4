import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { sessionQuery } from "../api/session.ts";
import { PATHS } from "../paths.ts";
import { useMay } from "./use-may.ts";

/** The pages of whoever is signed in. The seller's people have theirs at the desk, and from help and verification the way back to it. */
export function BuyerNavigation() {
  const { t } = useTranslation();
  const { data: session } = useQuery(sessionQuery);
  const may = useMay();
  if (session?.staff) {
    return (
      <>
        <Link to={PATHS.desk}>{t("nav.desk")}</Link>
        <Link to={PATHS.verify}>{t("nav.verify")}</Link>
      </>
    );
  }
  return (
    <>
      <Link to={PATHS.orders}>{t("nav.orders")}</Link>
      <Link to={PATHS.unpaid}>{t("nav.unpaid")}</Link>
      <Link to={PATHS.bills}>{t("nav.bills")}</Link>
      <Link to={PATHS.contracts}>{t("nav.contracts")}</Link>
      {may("tickets:read") && <Link to={PATHS.tickets}>{t("nav.tickets")}</Link>}
      {session?.account && <Link to={PATHS.company}>{t("nav.company")}</Link>}
      <Link to={PATHS.verify}>{t("nav.verify")}</Link>
    </>
  );
}
