import { useQuery } from "@tanstack/react-query";
import { Skeleton } from "antd";
import { useTranslation } from "react-i18next";
import { demoAccountsQuery } from "../api/demo-accounts.ts";
import { useLanguage } from "../i18n/use-language.ts";
import { ProblemPanel } from "../shell/problem-panel.tsx";
import { Tag } from "../shell/standing-tag.tsx";
import { PersonaCard } from "./persona-card.tsx";
import type { useDemoSignIn } from "./use-demo-sign-in.ts";

/** The accounts of a demonstration, each a kind of customer. */
export function DemoAccounts({ entering }: { entering: ReturnType<typeof useDemoSignIn> }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const accounts = useQuery(demoAccountsQuery);
  return (
    <section className="persona-group" aria-labelledby="demo-buyers">
      <h3 id="demo-buyers">{t("signIn.buyers")}</h3>
      <p className="soft">{t("signIn.buyersLead")}</p>
      {accounts.isError && <ProblemPanel error={accounts.error} onRetry={() => void accounts.refetch()} />}
      {accounts.isPending && <Skeleton active paragraph={{ rows: 6 }} title={false} />}
      <div className="personas">
        {accounts.data?.map(({ id, legalName, identity, partner, note, orders }) => (
          <PersonaCard
            key={id}
            name={legalName ?? t("signIn.unnamed")}
            tags={
              <>
                <Tag tone={identity === "verified" ? "good" : "wait"}>{t(`signIn.${identity}`)}</Tag>
                {partner !== null && <Tag tone="info">{t("signIn.partner", { partner })}</Tag>}
              </>
            }
            note={note[language]}
            foot={t("signIn.orders", { count: orders })}
            disabled={entering.isPending}
            onEnter={() => entering.mutate({ account: id })}
          />
        ))}
      </div>
    </section>
  );
}
