import { useTranslation } from "react-i18next";
import type { Seller } from "../../api/catalogue.ts";
import { Tag } from "../../shell/standing-tag.tsx";

const TONES = { able: "good", suspended: "off", without_key: "bad", used_up: "bad" } as const;

/** Whether contracts of the seller can be sealed now, or what keeps them from it (R18). */
export function SealingTag({ seller }: { seller: Seller }) {
  const { t } = useTranslation("desk");
  const state = sealingOf(seller);
  return <Tag tone={TONES[state]}>{t(`catalogue.sellers.sealing.${state}`)}</Tag>;
}

function sealingOf({ active, canSeal, quotaLeft }: Seller): keyof typeof TONES {
  if (!active) return "suspended";
  if (!canSeal) return "without_key";
  return quotaLeft === 0 ? "used_up" : "able";
}
