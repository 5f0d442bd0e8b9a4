import { useTranslation } from "react-i18next";
import { ProblemPanel } from "../shell/problem-panel.tsx";
import { DemoAccounts } from "./demo-accounts.tsx";
import { DemoStaff } from "./demo-staff.tsx";
import { useDemoSignIn } from "./use-demo-sign-in.ts";

/** The ready personas of a demonstration, on either side of a contract: one click signs in as one of them. */
export function DemoPersonas() {
  const { t } = useTranslation();
  const entering = useDemoSignIn();
  return (
    <section aria-labelledby="demo-personas">
      <h2 id="demo-personas">{t("signIn.demoTitle")}</h2>
      <p className="lead">{t("signIn.demoLead")}</p>
      {entering.isError && <ProblemPanel error={entering.error} />}
      <DemoAccounts entering={entering} />
      <DemoStaff entering={entering} />
      <p className="soft small">{t("signIn.sealNote")}</p>
    </section>
  );
}
