import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { staffSignInUrl } from "../paths.ts";
import { Icon } from "./icon.tsx";
import "./staff-sign-in.css";

/** For the seller's own people: on to their identity provider, and back to the page that was wanted. */
export function StaffSignIn({ next }: { readonly next: string | undefined }) {
  const { t } = useTranslation();
  return (
    <section className="card sign-in-card staff-sign-in">
      <h2>{t("staffSignIn.title")}</h2>
      <p>{t("staffSignIn.text")}</p>
      <p>
        <Button type="primary" icon={<Icon name="arrow" />} iconPlacement="end" href={staffSignInUrl(next)}>
          {t("staffSignIn.action")}
        </Button>
      </p>
    </section>
  );
}
