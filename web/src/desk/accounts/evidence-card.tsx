import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { type Evidence, evidenceQuery } from "../../api/account-lookup.ts";
import { fileSizeText } from "../../format/amount.ts";
import { momentText } from "../../format/moment.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { evidenceUrl } from "../../paths.ts";
import { useHouseZone } from "../../shell/use-house-zone.ts";
import { Loaded } from "../loaded.tsx";

const FORMATS = {
  "application/pdf": "PDF",
  "image/png": "PNG",
  "image/jpeg": "JPEG",
  "application/json": "JSON",
} as const satisfies Record<Evidence["format"], string>;

/** What proves the identity. Whoever opens a piece is recorded, and told so before. */
export function EvidenceCard({ account }: { account: string }) {
  const { t } = useTranslation("desk");
  const { language } = useLanguage();
  const zone = useHouseZone();
  const evidence = useQuery(evidenceQuery(account));
  return (
    <section className="card" aria-labelledby="account-evidence">
      <h2 id="account-evidence">{t("evidence.heading")}</h2>
      <p className="soft small">{t("evidence.recorded")}</p>
      <Loaded of={evidence}>
        {(pieces) =>
          pieces.length === 0 ? (
            <p className="soft">{t("evidence.none")}</p>
          ) : (
            <ul className="short-list">
              {pieces.map(({ id, kind, format, bytes, givenAt }) => (
                <li key={id}>
                  <a href={evidenceUrl(account, id)} download>
                    {t(`evidence.kind.${kind}`)}
                  </a>
                  <span className="soft small">
                    {FORMATS[format]} · {fileSizeText(bytes, language)} ·{" "}
                    <time dateTime={givenAt}>{momentText(givenAt, zone, language)}</time>
                  </span>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </section>
  );
}
