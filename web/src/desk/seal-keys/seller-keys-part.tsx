import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { SellerKeys } from "../../api/seal-keys.ts";
import { momentText } from "../../format/moment.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { PATHS } from "../../paths.ts";
import { Icon } from "../../shell/icon.tsx";
import { Tag } from "../../shell/standing-tag.tsx";
import { useHouseZone } from "../../shell/use-house-zone.ts";
import { useMay } from "../../shell/use-may.ts";
import { ALARM_TONES } from "./alarm-tone.ts";
import { SealKeysTable } from "./seal-keys-table.tsx";
import { useSealingWords } from "./use-sealing-words.ts";

/** One seller: how long it can go on sealing, what to do where not, and its keys. */
export function SellerKeysPart({ seller }: { seller: SellerKeys }) {
  const { t } = useTranslation("desk");
  const { language } = useLanguage();
  const words = useSealingWords();
  const may = useMay();
  const name = seller.name?.[language] ?? seller.seller;
  const headingId = `seal-keys-of-${seller.seller}`;
  const waits = seller.keys.some(({ state }) => state === "awaiting_approval");
  return (
    <section className="seller-keys" aria-labelledby={headingId}>
      <div className="seller-keys-head">
        <h2 id={headingId}>{name}</h2>
        <Tag tone={ALARM_TONES[seller.alarm]}>{t(`sealKeys.alarm.${seller.alarm}`)}</Tag>
      </div>
      <p>{words.outlook(seller)}</p>
      {seller.alarm !== "none" && <Alarm seller={seller} />}
      {seller.keys.length > 0 && <SealKeysTable keys={seller.keys} seller={name} />}
      {waits && may("proposals:read") && <Link to={PATHS.approvals}>{t("sealKeys.approvals")}</Link>}
    </section>
  );
}

function Alarm({ seller: { seller, resumesAt } }: { seller: SellerKeys }) {
  const { t } = useTranslation("desk");
  const { language } = useLanguage();
  const zone = useHouseZone();
  return (
    <div className="notice-panel seller-keys-alarm">
      <Icon name="warning" size={18} />
      <div>
        {resumesAt !== null && <p>{t("sealKeys.gap", { moment: momentText(resumesAt, zone, language) })}</p>}
        <p>{t("sealKeys.wayOut", { seller })}</p>
      </div>
    </div>
  );
}
