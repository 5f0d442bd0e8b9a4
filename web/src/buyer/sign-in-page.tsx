import { useQuery } from "@tanstack/react-query";
import { Link, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { sessionQuery } from "../api/session.ts";
import { rememberedWayBack } from "../api/way-back.ts";
import { PATHS } from "../paths.ts";
import { isEmbedded } from "../shell/embedding.ts";
import { Frame } from "../shell/frame.tsx";
import { ProblemPanel } from "../shell/problem-panel.tsx";
import { SealLogo } from "../shell/seal-logo.tsx";
import { SignInProblem } from "../shell/sign-in-problem.tsx";
import { StaffSignIn } from "../shell/staff-sign-in.tsx";
import { usePageTitle } from "../shell/use-page-title.ts";
import { WayBackPanel } from "../shell/way-back-panel.tsx";
import { DemoPersonas } from "./demo-personas.tsx";
import "./sign-in-page.css";

export function SignInPage() {
  const { t } = useTranslation();
  const session = useQuery(sessionQuery);
  const { next, problem } = useSearch({ from: PATHS.signIn });
  usePageTitle(t("title.signIn"));
  const wayBack = rememberedWayBack();
  return (
    <Frame navigation={<Link to={PATHS.verify}>{t("nav.verify")}</Link>}>
      <div className="welcome">
        <SealLogo size={64} />
        <div>
          <h1>{t("signIn.lead")}</h1>
          <p>{t("signIn.leadText")}</p>
        </div>
      </div>
      {problem && <SignInProblem code={problem} />}
      {session.isError && <ProblemPanel error={session.error} onRetry={() => void session.refetch()} />}
      {wayBack && session.data?.signedIn === false && <WayBackPanel wayBack={wayBack} />}
      {session.data?.demo && <DemoPersonas />}
      {session.data?.demo === false && !wayBack && <ComeThroughTheSeller />}
      {session.data?.staffSignIn && !isEmbedded && <StaffSignIn next={next ?? PATHS.desk} />}
    </Frame>
  );
}

function ComeThroughTheSeller() {
  const { t } = useTranslation();
  return (
    <section className="card sign-in-card">
      <h2>{t("signIn.productTitle")}</h2>
      <p>{t("signIn.productText")}</p>
      <p className="soft">
        {t("signIn.productVerify")} <Link to={PATHS.verify}>{t("signIn.verifyLink")}</Link>
      </p>
    </section>
  );
}
