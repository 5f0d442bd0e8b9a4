import { useTranslation } from "react-i18next";
import type { Verification } from "../api/verifications.ts";
import { Icon } from "../shell/icon.tsx";
import { logPlaceOf } from "./log-place-of.ts";

const CHECKS = ["whole", "seal", "chain", "nothingAdded", "onRecord"] as const;

/** Of a genuine file: each thing that was looked at, in the order in which it was. Of any other the first finding is told. */
export function WhatWasChecked({ verification: { issuedHere, logProof } }: { verification: Verification }) {
  const { t } = useTranslation();
  if (!issuedHere) return null;
  const place = logPlaceOf(logProof);
  return (
    <section className="card" aria-labelledby="what-was-checked">
      <h3 id="what-was-checked">{t("verify.checked.heading")}</h3>
      <ul className="checked-list">
        {CHECKS.map((check) => (
          <li key={check}>
            <Icon name="check" size={16} /> <span>{t(`verify.checked.${check}`)}</span>
          </li>
        ))}
        <li>
          <Icon name={place ? "check" : "clock"} size={16} />{" "}
          <span>{place ? t("verify.checked.logged", place) : t("verify.checked.notLoggedYet")}</span>
        </li>
      </ul>
    </section>
  );
}
