import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type ContactProfile, contentOf, MOST_PROFILES } from "../api/company.ts";
import { EmptyState } from "../shell/empty-state.tsx";
import { ProblemPanel } from "../shell/problem-panel.tsx";
import { TableSkeleton } from "../shell/table-skeleton.tsx";
import { useMay } from "../shell/use-may.ts";
import { DeleteProfileDialog } from "./delete-profile-dialog.tsx";
import { ProfileCard } from "./profile-card.tsx";
import { ProfileDialog } from "./profile-dialog.tsx";
import { useChangeProfile, useContactProfiles } from "./use-contact-profiles.ts";

/** What requests are filled in from: seen by all of the account, changed by whoever may request. */
export function CompanyProfiles({ account }: { account: string }) {
  const { t } = useTranslation();
  const { data: profiles, error, refetch } = useContactProfiles(account);
  const may = useMay();
  if (!may("profiles:read")) return null;
  return (
    <section className="company-profiles" aria-labelledby="company-profiles">
      <h2 id="company-profiles">{t("company.profiles.heading")}</h2>
      <p className="soft company-part-lead">{t("company.profiles.lead")}</p>
      {error && <ProblemPanel error={error} onRetry={() => void refetch()} />}
      {!profiles && !error && <TableSkeleton />}
      {profiles &&
        (may("profiles:write") ? <KeptProfiles {...{ account, profiles }} /> : <SeenProfiles {...{ profiles }} />)}
    </section>
  );
}

function SeenProfiles({ profiles }: { profiles: readonly ContactProfile[] }) {
  const { t } = useTranslation();
  if (profiles.length === 0) {
    return <EmptyState title={t("company.profiles.emptyTitle")} text={t("company.profiles.emptyViewer")} />;
  }
  return (
    <ul className="profile-cards" aria-labelledby="company-profiles">
      {profiles.map((profile) => (
        <ProfileCard key={profile.id} profile={profile} actions={null} />
      ))}
    </ul>
  );
}

type Doing = { readonly what: "adding" } | { readonly what: "editing" | "deleting"; readonly profile: ContactProfile };

interface KeptProfilesProps {
  readonly account: string;
  readonly profiles: readonly ContactProfile[];
}

function KeptProfiles({ account, profiles }: KeptProfilesProps) {
  const { t } = useTranslation();
  const [doing, setDoing] = useState<Doing | null>(null);
  const [done, setDone] = useState("");
  const makingDefault = useChangeProfile(account, ({ label }) => setDone(t("company.profiles.madeDefault", { label })));
  const begin = (next: Doing | null) => {
    setDone("");
    makingDefault.reset();
    setDoing(next);
  };
  const makeDefault = (seen: ContactProfile) => {
    begin(null);
    makingDefault.mutate({ seen, wanted: { ...contentOf(seen), makeDefault: true } });
  };
  return (
    <>
      <p className="company-done" role="status">
        {done}
      </p>
      {makingDefault.error && <ProblemPanel error={makingDefault.error} />}
      <AddProfile count={profiles.length} onAdd={() => begin({ what: "adding" })} />
      {profiles.length > 0 && (
        <ul className="profile-cards" aria-labelledby="company-profiles">
          {profiles.map((profile) => (
            <ProfileCard
              key={profile.id}
              profile={profile}
              actions={{
                isBusy: makingDefault.isPending,
                onEdit: () => begin({ what: "editing", profile }),
                onDelete: () => begin({ what: "deleting", profile }),
                onMakeDefault: () => makeDefault(profile),
              }}
            />
          ))}
        </ul>
      )}
      {doing && <Dialog {...{ account, profiles, doing }} onDone={setDone} onClosed={() => setDoing(null)} />}
    </>
  );
}

/** The way to the first profile, to the next one, or out of there being too many. */
function AddProfile({ count, onAdd }: { count: number; onAdd: () => void }) {
  const { t } = useTranslation();
  if (count >= MOST_PROFILES) return <p className="soft">{t("company.profiles.full", { count: MOST_PROFILES })}</p>;
  const add = (
    <Button type={count === 0 ? "primary" : "default"} onClick={onAdd}>
      {t("company.profiles.add")}
    </Button>
  );
  if (count > 0) return <div className="profiles-add">{add}</div>;
  return <EmptyState title={t("company.profiles.emptyTitle")} text={t("company.profiles.emptyText")} action={add} />;
}

interface DialogProps extends KeptProfilesProps {
  readonly doing: Doing;
  readonly onDone: (done: string) => void;
  readonly onClosed: () => void;
}

function Dialog({ account, profiles, doing, onDone, onClosed }: DialogProps) {
  const { t } = useTranslation();
  if (doing.what === "deleting") {
    return (
      <DeleteProfileDialog
        {...{ account, onClosed }}
        profile={doing.profile}
        hasHeirs={profiles.length > 1}
        onDeleted={() => onDone(t("company.profiles.deleted", { label: doing.profile.label }))}
      />
    );
  }
  return (
    <ProfileDialog
      {...{ account, profiles, onClosed }}
      profile={doing.what === "editing" ? doing.profile : null}
      onSaved={({ label }) => onDone(t("company.profiles.kept", { label }))}
    />
  );
}
