import { useTranslation } from "react-i18next";
import type { PublishedPolicy } from "../../api/policy.ts";
import { momentText, zoneText } from "../../format/moment.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { FactList } from "../../shell/fact-list.tsx";
import { useHouseZone } from "../../shell/use-house-zone.ts";
import { useActorText } from "../use-actor-text.ts";

/** The persons behind a version. */
export function MadeBy({ published }: { published: PublishedPolicy }) {
  const { t } = useTranslation("desk");
  const { language } = useLanguage();
  const zone = useHouseZone();
  const actorText = useActorText();
  const { origin, draftedBy, publishedBy, publishedAt } = published;
  const at = (
    <time dateTime={publishedAt}>
      {momentText(publishedAt, zone, language)} · {zoneText(zone, publishedAt, language)}
    </time>
  );
  const since = { label: t("policy.publishedAt"), value: at };
  if (origin !== "draft") {
    const note = origin === "catalogue" ? { note: actorText(publishedBy) } : {};
    return (
      <FactList facts={[{ label: t("policy.originLabel"), value: t(`policy.origin.${origin}`), ...note }, since]} />
    );
  }
  const facts = [
    { label: t("policy.draftedBy"), value: draftedBy },
    { label: t("policy.publishedBy"), value: publishedBy },
  ];
  return <FactList facts={[...facts, since]} />;
}
