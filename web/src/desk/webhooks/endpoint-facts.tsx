import { useTranslation } from "react-i18next";
import type { WebhookEndpoint } from "../../api/webhooks.ts";
import { zoneText } from "../../format/moment.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { type Fact, FactList } from "../../shell/fact-list.tsx";
import { useHouseZone } from "../../shell/use-house-zone.ts";
import { useActorText } from "../use-actor-text.ts";
import { EndpointStateTag } from "./endpoint-state-tag.tsx";
import { EVENT_TYPE_WORDS, isEventType } from "./event-type-words.ts";
import { useSecondText } from "./use-second-text.ts";
import { WaitingEvents } from "./waiting-events.tsx";

export function EndpointFacts({ endpoint }: { endpoint: WebhookEndpoint }) {
  const { t } = useTranslation("desk");
  const { language } = useLanguage();
  const zone = useHouseZone();
  const secondText = useSecondText();
  const actorText = useActorText();
  const { url, events, account, pendingSince, lastDeliveredAt, lastTriedAt, signingSecrets, createdAt, createdBy } =
    endpoint;
  const at = (moment: string | null) => (moment === null ? t("webhooks.never") : secondText(moment));
  const facts: Fact[] = [
    { label: t("webhooks.fact.url"), value: <span className="code wrap">{url}</span> },
    { label: t("webhooks.fact.state"), value: <EndpointStateTag endpoint={endpoint} /> },
    { label: t("webhooks.fact.events"), value: <SubscribedTypes events={events} /> },
    {
      label: t("webhooks.fact.account"),
      value: account === null ? t("webhooks.everyAccount") : t("webhooks.ofAccount", { account }),
    },
    {
      label: t("webhooks.fact.queue"),
      value: <WaitingEvents endpoint={endpoint} />,
      ...(pendingSince !== null && { note: t("webhooks.pendingSince", { moment: secondText(pendingSince) }) }),
    },
    {
      label: t("webhooks.fact.last"),
      value: at(lastDeliveredAt),
      ...(lastDeliveredAt !== null && { note: zoneText(zone, lastDeliveredAt, language) }),
    },
    { label: t("webhooks.fact.tried"), value: at(lastTriedAt) },
    {
      label: t("webhooks.fact.secrets"),
      value: signingSecrets > 1 ? t("webhooks.severalSecrets", { count: signingSecrets }) : t("webhooks.oneSecret"),
    },
    {
      label: t("webhooks.fact.created"),
      value: secondText(createdAt),
      note: `${zoneText(zone, createdAt, language)} · ${t("webhooks.by", { actor: actorText(createdBy) })}`,
    },
  ];
  return <FactList facts={facts} />;
}

function SubscribedTypes({ events }: { events: readonly string[] }) {
  const { t } = useTranslation("desk");
  const { language } = useLanguage();
  if (events.length === 0) return t("webhooks.allEvents");
  return (
    <ul className="scope-list">
      {events.map((type) => (
        <li key={type}>
          {isEventType(type) ? EVENT_TYPE_WORDS[type][language] : type} <span className="soft small code">{type}</span>
        </li>
      ))}
    </ul>
  );
}
