import { useTranslation } from "react-i18next";
import type { Today } from "../../api/today.ts";
import { HoldsCard } from "./holds-card.tsx";
import { KeysCard } from "./keys-card.tsx";
import { ProposalsCard } from "./proposals-card.tsx";
import { SealingCard } from "./sealing-card.tsx";
import { TicketsCard } from "./tickets-card.tsx";
import { WebhooksCard } from "./webhooks-card.tsx";

/** A card for each part that I may see. */
export function WaitingCards({ today }: { today: Today }) {
  const { t } = useTranslation("desk");
  const { at, tickets, proposals, sealing, holds, sealKeys, webhooks } = today;
  return (
    <section aria-labelledby="today-waiting">
      <h2 id="today-waiting" className="unseen">
        {t("today.waiting")}
      </h2>
      <div className="waiting-cards">
        {tickets && <TicketsCard tickets={tickets} at={at} />}
        {proposals && <ProposalsCard proposals={proposals} at={at} />}
        {holds && <HoldsCard holds={holds} />}
        {sealing && <SealingCard sealing={sealing} at={at} />}
        {sealKeys && <KeysCard sellers={sealKeys} />}
        {webhooks && <WebhooksCard webhooks={webhooks} />}
      </div>
    </section>
  );
}
