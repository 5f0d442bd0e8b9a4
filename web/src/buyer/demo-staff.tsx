import { useQuery } from "@tanstack/react-query";
import { Skeleton } from "antd";
import { useTranslation } from "react-i18next";
import { demoStaffQuery } from "../api/demo-staff.ts";
import { useLanguage } from "../i18n/use-language.ts";
import { ProblemPanel } from "../shell/problem-panel.tsx";
import { Tag } from "../shell/standing-tag.tsx";
import { useRoleWords } from "../shell/use-role-words.ts";
import { PersonaCard } from "./persona-card.tsx";
import type { useDemoSignIn } from "./use-demo-sign-in.ts";

/** The people of the demonstration's seller, each with what they may do. */
export function DemoStaff({ entering }: { entering: ReturnType<typeof useDemoSignIn> }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const roleName = useRoleWords();
  const staff = useQuery(demoStaffQuery);
  return (
    <section className="persona-group" aria-labelledby="demo-staff">
      <h3 id="demo-staff">{t("signIn.staff")}</h3>
      <p className="soft">{t("signIn.staffLead")}</p>
      {staff.isError && <ProblemPanel error={staff.error} onRetry={() => void staff.refetch()} />}
      {staff.isPending && <Skeleton active paragraph={{ rows: 6 }} title={false} />}
      <div className="personas">
        {staff.data?.map(({ id, roles, title, note }) => (
          <PersonaCard
            key={id}
            name={title[language]}
            tags={roles.map((role) => (
              <Tag key={role} tone="info">
                {roleName(role)}
              </Tag>
            ))}
            note={note[language]}
            foot={<span className="code">{id}</span>}
            disabled={entering.isPending}
            onEnter={() => entering.mutate({ desk: id })}
          />
        ))}
      </div>
    </section>
  );
}
