import { useTranslation } from "react-i18next";
import type { Seller } from "../../api/catalogue.ts";
import { type Fact, FactList } from "../../shell/fact-list.tsx";
import { SealingTag } from "./sealing-tag.tsx";
import { useQuotaText } from "./use-quota-text.ts";

/** What no form changes; and `all` else that there is to know, for whoever may only look. */
export function SellerFacts({ seller, all }: { seller: Seller; all: boolean }) {
  const { t } = useTranslation("desk");
  const rest = useOtherFacts(seller);
  const { wordingVersion, isDefault } = seller;
  const facts: Fact[] = [
    {
      label: t("catalogue.sellers.column.sealing"),
      value: <SealingTag seller={seller} />,
      ...(isDefault && { note: t("catalogue.sellers.isDefaultHint") }),
    },
    {
      label: t("catalogue.sellers.column.wording"),
      value:
        wordingVersion === null
          ? t("catalogue.sellers.libraryWording")
          : t("catalogue.sellers.ownWording", { version: wordingVersion }),
    },
  ];
  return <FactList facts={all ? [...facts, ...rest] : facts} />;
}

function useOtherFacts({ legalName, address, seal, ...seller }: Seller): Fact[] {
  const { t } = useTranslation("desk");
  const quotaText = useQuotaText();
  const none = t("catalogue.sellers.none_given");
  return [
    { label: t("catalogue.sellers.nameZh"), value: legalName["zh-CN"] },
    { label: t("catalogue.sellers.nameEn"), value: legalName.en },
    {
      label: t("catalogue.sellers.registrationNumber"),
      value: <span className="code">{seller.registrationNumber}</span>,
    },
    { label: t("catalogue.sellers.addressZh"), value: address["zh-CN"] },
    { label: t("catalogue.sellers.addressEn"), value: address.en },
    { label: t("catalogue.sellers.contact"), value: seller.contact },
    { label: t("catalogue.sellers.column.prefix"), value: <span className="code">{seller.numberPrefix}</span> },
    { label: t("catalogue.sellers.column.zone"), value: seller.timeZone },
    { label: t("catalogue.sellers.column.quota"), value: quotaText(seller.quotaLeft) },
    { label: t("catalogue.sellers.seal.number"), value: seal.number || none },
    { label: t("catalogue.sellers.seal.caption"), value: seal.caption || none },
    {
      label: t("catalogue.sellers.seal.logo"),
      value: t(seal.logo === "" ? "catalogue.sellers.seal.star" : "catalogue.sellers.seal.ownLogo"),
    },
    { label: t("catalogue.sellers.seal.riding"), value: t(seal.riding ? "catalogue.yes" : "catalogue.no") },
  ];
}
