import { useTranslation } from "react-i18next";
import type { Product } from "../../api/catalogue.ts";
import { FactList } from "../../shell/fact-list.tsx";
import { SelfServiceNote } from "./self-service-note.tsx";

/** What there is to know of a product, for whoever may only look. */
export function ProductFacts({ product }: { product: Product }) {
  const { t } = useTranslation("desk");
  return (
    <>
      <FactList
        facts={[
          { label: t("catalogue.products.column.code"), value: <span className="code">{product.code}</span> },
          { label: t("catalogue.products.nameZh"), value: product.name["zh-CN"] },
          { label: t("catalogue.products.nameEn"), value: product.name.en },
        ]}
      />
      <SelfServiceNote product={product} />
    </>
  );
}
