import { useTranslation } from "react-i18next";
import type { WebhookEndpoint } from "../../api/webhooks.ts";
import { Tag } from "../../shell/standing-tag.tsx";
import type { Tone } from "../../shell/standing-tone.ts";
import { useSecondText } from "./use-second-text.ts";

type ShownState = "active" | "failing" | "waiting" | "by_hand" | "gone";

const TONES = {
  active: "good",
  failing: "bad",
  waiting: "info",
  by_hand: "off",
  gone: "bad",
} as const satisfies Record<ShownState, Tone>;

/** Whether an endpoint is sent to, and whether it takes what it is sent. */
export function EndpointStateTag({ endpoint }: { endpoint: WebhookEndpoint }) {
  const { t } = useTranslation("desk");
  const secondText = useSecondText();
  const { failingSince, restsUntil } = endpoint;
  const state = stateOf(endpoint);
  return (
    <div className="notes-below">
      <Tag tone={TONES[state]}>{t(`webhooks.state.${state}`)}</Tag>
      {failingSince !== null && (
        <span className="soft small">{t("webhooks.failingSince", { moment: secondText(failingSince) })}</span>
      )}
      {state === "failing" && restsUntil !== null && (
        <span className="soft small">{t("webhooks.restsUntil", { moment: secondText(restsUntil) })}</span>
      )}
    </div>
  );
}

function stateOf({ disabledReason, failingSince, lastDeliveredAt }: WebhookEndpoint): ShownState {
  if (disabledReason !== null) return disabledReason;
  if (failingSince !== null) return "failing";
  return lastDeliveredAt === null ? "waiting" : "active";
}
