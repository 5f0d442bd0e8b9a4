import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { PolicyDraft, Rules } from "../../api/policy.ts";
import { momentText, zoneText } from "../../format/moment.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { PATHS } from "../../paths.ts";
import { Icon } from "../../shell/icon.tsx";
import { Tag } from "../../shell/standing-tag.tsx";
import { useHouseZone } from "../../shell/use-house-zone.ts";
import { useMay } from "../../shell/use-may.ts";
import { ChangedOrders } from "./changed-orders.tsx";
import { DifferencesTable } from "./differences-table.tsx";
import { PublishDialog } from "./publish-dialog.tsx";
import { WithdrawDialog } from "./withdraw-dialog.tsx";

interface DraftPartProps {
  readonly draft: PolicyDraft;
  readonly current: { readonly version: number; readonly rules: Rules };
  readonly onDone: (said: string) => void;
}

/** What was begun, with the draft that was on screen then: another may take its place while the dialog is open. */
interface Doing {
  readonly what: "publish" | "withdraw";
  readonly draft: string;
}

/** What somebody wants the rules to be: what it changes, which orders, and what whoever looks at it can do about it. */
export function DraftPart({ draft, current, onDone }: DraftPartProps) {
  const { t } = useTranslation("desk");
  const { language } = useLanguage();
  const zone = useHouseZone();
  const [doing, setDoing] = useState<Doing | null>(null);
  const [replaced, setReplaced] = useState(false);
  const isOutdated = draft.basedOn !== current.version;
  const { draftedBy, draftedAt } = draft;
  const moment = `${momentText(draftedAt, zone, language)} · ${zoneText(zone, draftedAt, language)}`;
  return (
    <section className="card policy-part draft-part" aria-labelledby="policy-draft">
      <div className="proposal-head">
        <h2 id="policy-draft">{t("policy.draft.heading")}</h2>
        <Tag tone="wait">{t("policy.draft.notInForce")}</Tag>
      </div>
      <p className="soft">{t("policy.draft.by", { person: draftedBy, moment })}</p>
      {replaced && (
        <p className="notice-line" role="alert">
          <Icon name="warning" size={18} /> <span>{t("policy.draft.replaced")}</span>
        </p>
      )}
      <DifferencesTable before={current.rules} after={draft.rules} caption={t("policy.draft.differences")} />
      {/* An outdated one is never published as it is, so that what it would change is of no use. */}
      {!isOutdated && <ChangedOrders key={draft.draft} draft={draft.draft} version={current.version} />}
      <DraftActions draft={draft} isOutdated={isOutdated} onDo={(what) => setDoing({ what, draft: draft.draft })} />
      {doing?.what === "publish" && (
        <PublishDialog
          draft={doing.draft}
          onPublished={(version) => onDone(t("policy.draft.published", { version }))}
          onReplaced={() => setReplaced(true)}
          onClosed={() => setDoing(null)}
        />
      )}
      {doing?.what === "withdraw" && (
        <WithdrawDialog onWithdrawn={() => onDone(t("policy.draft.withdrawn"))} onClosed={() => setDoing(null)} />
      )}
    </section>
  );
}

interface DraftActionsProps {
  readonly draft: PolicyDraft;
  readonly isOutdated: boolean;
  readonly onDo: (what: "publish" | "withdraw") => void;
}

function DraftActions({ draft: { mine, basedOn }, isOutdated, onDo }: DraftActionsProps) {
  const { t } = useTranslation("desk");
  const may = useMay();
  const mayPublish = may("policy:publish") && !mine && !isOutdated;
  return (
    <div className="proposal-foot">
      {isOutdated && <p>{t("policy.draft.outdated", { version: basedOn })}</p>}
      {!isOutdated && mine && <p className="soft">{t("policy.draft.mine")}</p>}
      {!isOutdated && !mine && !mayPublish && <p className="soft">{t("policy.draft.notYours")}</p>}
      <div className="dialog-actions">
        {may("policy:draft") && (
          <>
            <Button onClick={() => onDo("withdraw")}>{t("policy.draft.withdraw")}</Button>
            <Link className="button-link button-link-plain" to={PATHS.policyEdit}>
              {t("policy.draft.edit")}
            </Link>
          </>
        )}
        {mayPublish && (
          <Button type="primary" onClick={() => onDo("publish")}>
            {t("policy.draft.publish")}
          </Button>
        )}
      </div>
    </div>
  );
}
