import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Product } from "../../api/catalogue.ts";
import { useOrderWords } from "../../buyer/use-order-words.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { PATHS } from "../../paths.ts";
import { useMay } from "../../shell/use-may.ts";

/** What of a product is self-service, and that another answer is a change of the rules, which takes two persons. */
export function SelfServiceNote({ product }: { product: Product | null }) {
  const { t } = useTranslation("desk");
  const { language } = useLanguage();
  const { billing } = useOrderWords();
  const mayDraft = useMay()("policy:draft");
  const modes = (product?.selfService ?? []).map((mode) => billing(mode));
  const separator = language === "en" ? ", " : "、";
  return (
    <section className="note-panel" aria-label={t("catalogue.products.column.selfService")}>
      <p>
        <strong>
          {modes.length === 0
            ? t("catalogue.products.offline")
            : t("catalogue.products.selfServiceFor", { modes: modes.join(separator) })}
        </strong>
      </p>
      <p className="soft">{t(product ? "catalogue.products.isRule" : "catalogue.products.newIsOffline")}</p>
      {mayDraft && product && (
        <p>
          <Link to={PATHS.policyEdit} search={{ product: product.code }}>
            {t("catalogue.products.draftRule")}
          </Link>
        </p>
      )}
    </section>
  );
}
