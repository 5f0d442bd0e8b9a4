import { useTranslation } from "react-i18next";
import { Icon } from "./icon.tsx";

/** Why somebody was sent back to the sign-in page; the service names one of these in its address. */
const SIGN_IN_PROBLEMS = [
  "sign_in_failed",
  "sign_in_expired",
  "no_role",
  "sign_in_too_weak",
  "identity_provider_unavailable",
  "link_used",
] as const;
export type SignInProblemCode = (typeof SIGN_IN_PROBLEMS)[number];

/** Anybody may write anything into an address; only what we have a sentence for is said. */
export function signInProblemOf(value: unknown): SignInProblemCode | undefined {
  return SIGN_IN_PROBLEMS.find((code) => code === value);
}

export function SignInProblem({ code }: { readonly code: SignInProblemCode }) {
  const { t } = useTranslation();
  return (
    <div className="problem-panel" role="alert">
      <Icon name="warning" size={22} />
      <div>
        <p className="problem-title">{t(`signInProblem.${code}.title`)}</p>
        <p>{t(`signInProblem.${code}.text`)}</p>
      </div>
    </div>
  );
}
