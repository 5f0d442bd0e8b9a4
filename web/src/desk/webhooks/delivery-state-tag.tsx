import { useTranslation } from "react-i18next";
import { DELIVERY_STATES } from "../../api/webhooks.ts";
import { Tag } from "../../shell/standing-tag.tsx";

const TONES = { pending: "wait", delivered: "good", dead: "bad" } as const;

/** What became of an event on its way; a state that this version does not know is shown as it is. */
export function DeliveryStateTag({ state }: { state: string }) {
  const { t } = useTranslation("desk");
  const known = DELIVERY_STATES.find((each) => each === state);
  return <Tag tone={known ? TONES[known] : "off"}>{known ? t(`webhooks.deliveries.state.${known}`) : state}</Tag>;
}
