import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Skeleton } from "antd";
import { useTranslation } from "react-i18next";
import { type Decision, type ExplainedOrder, orderQuery } from "../../api/orders.ts";
import { Ladder } from "../../buyer/ladder.tsx";
import { OrderLines } from "../../buyer/order-lines.tsx";
import { useOrderFacts } from "../../buyer/use-order-facts.tsx";
import { PATHS } from "../../paths.ts";
import { FactList } from "../../shell/fact-list.tsx";
import { Icon } from "../../shell/icon.tsx";
import { ProblemLink } from "../../shell/problem-link.tsx";
import { ProblemPanel } from "../../shell/problem-panel.tsx";
import { StandingTag } from "../../shell/standing-tag.tsx";
import "../../buyer/order-details.css";

/** The order in short, beside the talk about it. */
export function OrderCard({ order }: { order: string }) {
  const { t } = useTranslation("desk");
  const { data, error, refetch } = useQuery(orderQuery(order));
  return (
    <section className="card" aria-labelledby="ticket-order">
      <h2 id="ticket-order">{t("tickets.order.heading")}</h2>
      <p className="side-subject">
        <Link className="order-number wrap" to={PATHS.deskOrder} params={{ order }}>
          {order}
        </Link>
      </p>
      {error && <ProblemPanel error={error} onRetry={() => void refetch()} />}
      {data ? <OrderFacts order={data} /> : !error && <Skeleton active title={false} paragraph={{ rows: 5 }} />}
    </section>
  );
}

function OrderFacts({ order }: { order: ExplainedOrder }) {
  return <FactList facts={useOrderFacts(order)} />;
}

/** What was ordered, and how the order is decided now. */
export function OrderBehind({ order }: { order: string }) {
  const { t } = useTranslation("desk");
  const { t: inConsole } = useTranslation();
  const { data } = useQuery(orderQuery(order));
  if (!data) return null;
  return (
    <section className="card" aria-labelledby="ticket-order-lines">
      <h2 id="ticket-order-lines">{t("tickets.order.linesHeading")}</h2>
      <div className="order-details">
        <section>
          <h3>{inConsole("order.lines")}</h3>
          <OrderLines order={data} />
        </section>
        <OrderDecision order={data} />
        <Ladder order={data} />
      </div>
    </section>
  );
}

function OrderDecision({ order: { contract, decision } }: { order: ExplainedOrder }) {
  const { t } = useTranslation("desk");
  return (
    <section>
      <h3>{t("tickets.order.decision")}</h3>
      {contract && (
        <p className="ticket-contract">
          {t("tickets.order.contractThere")}
          <Link className="code" to={PATHS.deskContract} params={{ number: contract.number }}>
            {contract.number}
          </Link>
          <StandingTag contract={contract} />
        </p>
      )}
      <DecisionText decision={decision} />
    </section>
  );
}

function DecisionText({ decision }: { decision: Decision }) {
  const { t } = useTranslation("desk");
  const { t: inConsole } = useTranslation();
  if (decision.kind === "issue") {
    return (
      <p>
        <Icon name="check" /> {inConsole("order.canRequest")}
      </p>
    );
  }
  // The contract itself stands above.
  if (decision.code === "already_contracted") return null;
  const { code, sentence, rule, policyVersion: version } = decision;
  return (
    <>
      <p>{sentence}</p>
      <p className="soft small">
        {t("tickets.order.rule", { rule, version })} <ProblemLink code={code} />
      </p>
    </>
  );
}
