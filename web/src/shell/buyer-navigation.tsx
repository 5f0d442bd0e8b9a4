import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { PATHS } from "../paths.ts";

/** The pages of whoever is signed in. */
export function BuyerNavigation() {
  const { t } = useTranslation();
  return (
    <>
      <Link to={PATHS.orders}>{t("nav.orders")}</Link>
      <Link to={PATHS.unpaid}>{t("nav.unpaid")}</Link>
      <Link to={PATHS.bills}>{t("nav.bills")}</Link>
      <Link to={PATHS.contracts}>{t("nav.contracts")}</Link>
      <Link to={PATHS.tickets}>{t("nav.tickets")}</Link>
      <Link to={PATHS.verify}>{t("nav.verify")}</Link>
    </>
  );
}
