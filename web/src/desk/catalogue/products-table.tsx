import { useTranslation } from "react-i18next";
import type { Product } from "../../api/catalogue.ts";
import { useOrderWords } from "../../buyer/use-order-words.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { ColumnTable } from "../../shell/column-table.tsx";
import { Tag } from "../../shell/standing-tag.tsx";
import { EntryLink } from "./entry-link.tsx";

const COLUMNS = ["name", "code", "selfService"] as const;

export function ProductsTable({ products }: { products: readonly Product[] }) {
  const { t } = useTranslation("desk");
  return (
    <ColumnTable
      className="labelled"
      caption={t("catalogue.products.heading")}
      columns={COLUMNS.map((column) => ({ name: column, label: t(`catalogue.products.column.${column}`) }))}
    >
      {products.map((product) => (
        <ProductRow key={product.code} product={product} />
      ))}
    </ColumnTable>
  );
}

function ProductRow({ product: { code, name, selfService } }: { product: Product }) {
  const { t } = useTranslation("desk");
  const { language } = useLanguage();
  const { billing } = useOrderWords();
  const other = language === "en" ? name["zh-CN"] : name.en;
  return (
    <tr>
      <th scope="row">
        <EntryLink id={code} name={name[language]} />
        {other !== name[language] && <span className="soft small wrap">{other}</span>}
      </th>
      <td data-label={t("catalogue.products.column.code")}>
        <span className="code wrap">{code}</span>
      </td>
      <td data-label={t("catalogue.products.column.selfService")}>
        {selfService.length === 0 ? (
          <span className="soft">{t("catalogue.products.offline")}</span>
        ) : (
          <span className="tag-row">
            {selfService.map((mode) => (
              <Tag key={mode} tone="good">
                {billing(mode)}
              </Tag>
            ))}
          </span>
        )}
      </td>
    </tr>
  );
}
