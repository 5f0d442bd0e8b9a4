import { useTranslation } from "react-i18next";
import type { Seller } from "../../api/catalogue.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { ColumnTable } from "../../shell/column-table.tsx";
import { EntryLink } from "./entry-link.tsx";
import { SealingTag } from "./sealing-tag.tsx";
import { useQuotaText } from "./use-quota-text.ts";

const COLUMNS = ["name", "sealing", "quota", "prefix", "zone", "wording"] as const;

export function SellersTable({ sellers }: { sellers: readonly Seller[] }) {
  const { t } = useTranslation("desk");
  return (
    <ColumnTable
      className="labelled"
      caption={t("catalogue.sellers.heading")}
      columns={COLUMNS.map((column) => ({ name: column, label: t(`catalogue.sellers.column.${column}`) }))}
    >
      {sellers.map((seller) => (
        <SellerRow key={seller.seller} seller={seller} />
      ))}
    </ColumnTable>
  );
}

function SellerRow({ seller }: { seller: Seller }) {
  const { t } = useTranslation("desk");
  const { language } = useLanguage();
  const quotaText = useQuotaText();
  const { legalName, numberPrefix, timeZone, quotaLeft, wordingVersion, isDefault } = seller;
  return (
    <tr>
      <th scope="row">
        <EntryLink id={seller.seller} name={legalName[language]} />
        <span className="soft small">
          <span className="code wrap">{seller.seller}</span>
          {isDefault && ` · ${t("catalogue.sellers.isDefault")}`}
        </span>
      </th>
      <td data-label={t("catalogue.sellers.column.sealing")}>
        <SealingTag seller={seller} />
      </td>
      <td data-label={t("catalogue.sellers.column.quota")}>{quotaText(quotaLeft)}</td>
      <td data-label={t("catalogue.sellers.column.prefix")}>
        <span className="code">{numberPrefix}</span>
      </td>
      <td data-label={t("catalogue.sellers.column.zone")}>{timeZone}</td>
      <td data-label={t("catalogue.sellers.column.wording")}>
        {wordingVersion === null
          ? t("catalogue.sellers.libraryWording")
          : t("catalogue.sellers.ownWording", { version: wordingVersion })}
      </td>
    </tr>
  );
}
