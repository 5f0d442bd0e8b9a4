import { useTranslation } from "react-i18next";
import type { ExplainedOrder, Rung } from "../api/orders.ts";
import { Icon, type IconName } from "../shell/icon.tsx";
import { useOrderWords } from "./use-order-words.ts";

const ICONS = { passed: "check", refused: "cross", would_refuse: "dash" } as const satisfies Record<
  Rung["outcome"],
  IconName
>;
const LABELS = { passed: "order.passed", refused: "order.refused", would_refuse: "order.wouldRefuse" } as const;

/** How the decision came about: every condition in the order in which it is checked. */
export function Ladder({ order }: { order: ExplainedOrder }) {
  const { t } = useTranslation();
  const words = useOrderWords();
  return (
    <section>
      <h3>{t("order.ladder")}</h3>
      <p className="soft small">{t("order.ladderLead", { version: order.decision.policyVersion })}</p>
      <ol className="ladder">
        {order.rungs.map(({ rung, outcome, sentence }) => (
          <li key={rung} className={`rung rung-${outcome}`}>
            <span className="rung-mark">
              <Icon name={ICONS[outcome]} size={14} />
              <span className="unseen">{t(LABELS[outcome])}</span>
            </span>
            <span>
              <span className="rung-name">{words.rung(rung)}</span>
              {sentence !== null && <span className="soft small">{sentence}</span>}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
