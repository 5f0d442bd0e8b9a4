import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Skeleton } from "antd";
import { useTranslation } from "react-i18next";
import { type DemoAccount, demoAccountsQuery, signInAsDemoAccount } from "../api/demo-accounts.ts";
import { useLanguage } from "../i18n/use-language.ts";
import { PATHS } from "../paths.ts";
import { Icon } from "../shell/icon.tsx";
import { ProblemPanel } from "../shell/problem-panel.tsx";
import { Tag } from "../shell/standing-tag.tsx";

/** The accounts of a demonstration: one click signs in as one of them. */
export function DemoAccounts() {
  const { t } = useTranslation();
  const accounts = useQuery(demoAccountsQuery);
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { next } = useSearch({ from: PATHS.signIn });
  const entering = useMutation({
    mutationFn: signInAsDemoAccount,
    onSuccess: async () => {
      queries.clear();
      await navigate({ to: next ?? PATHS.orders });
    },
  });
  return (
    <section aria-labelledby="demo-accounts">
      <h2 id="demo-accounts">{t("signIn.demoTitle")}</h2>
      <p className="lead">{t("signIn.demoLead")}</p>
      {entering.isError && <ProblemPanel error={entering.error} />}
      {accounts.isError && <ProblemPanel error={accounts.error} onRetry={() => void accounts.refetch()} />}
      {accounts.isPending && <Skeleton active paragraph={{ rows: 6 }} title={false} />}
      <div className="personas">
        {accounts.data?.map((account) => (
          <DemoAccountCard
            key={account.id}
            account={account}
            entering={entering.isPending}
            onEnter={() => entering.mutate(account.id)}
          />
        ))}
      </div>
      <p className="soft small">{t("signIn.sealNote")}</p>
    </section>
  );
}

interface DemoAccountCardProps {
  readonly account: DemoAccount;
  readonly entering: boolean;
  readonly onEnter: () => void;
}

function DemoAccountCard({ account, entering, onEnter }: DemoAccountCardProps) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const verified = account.identity === "verified";
  return (
    <button type="button" className="card persona" disabled={entering} onClick={onEnter}>
      <strong className="persona-name">{account.legalName ?? t("signIn.unnamed")}</strong>
      <span className="persona-tags">
        <Tag tone={verified ? "good" : "wait"}>{t(verified ? "signIn.verified" : "signIn.unverified")}</Tag>
        {account.partner !== null && <Tag tone="info">{t("signIn.partner", { partner: account.partner })}</Tag>}
      </span>
      <span className="persona-note">{account.note[language]}</span>
      <span className="persona-foot">
        <span>{t("signIn.orders", { count: account.orders })}</span>
        <span className="persona-enter">
          {t("signIn.enter")} <Icon name="arrow" />
        </span>
      </span>
    </button>
  );
}
