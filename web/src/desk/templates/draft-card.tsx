import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { WordingStatus } from "../../api/wordings.ts";
import { momentText, zoneText } from "../../format/moment.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { PATHS } from "../../paths.ts";
import { Icon } from "../../shell/icon.tsx";
import { useHouseZone } from "../../shell/use-house-zone.ts";
import { useMay } from "../../shell/use-may.ts";
import { PublishDialog } from "./publish-dialog.tsx";
import { WithdrawDialog } from "./withdraw-dialog.tsx";
import { WordingChanges } from "./wording-changes.tsx";

export type Draft = NonNullable<WordingStatus["draft"]>;

/** What was begun, with the draft that was on screen then: another may take its place while the dialog is open. */
interface Doing {
  readonly what: "publish" | "withdraw";
  readonly draft: Draft;
}

interface DraftCardProps {
  readonly status: WordingStatus;
  readonly onDone: (said: string) => void;
}

/** What is proposed: what it changes, whose it is, and what may be done with it by whoever looks. */
export function DraftCard({ status, onDone }: DraftCardProps) {
  const { t } = useTranslation("desk");
  const { seller, draft } = status;
  const mayDraft = useMay()("policy:draft");
  return (
    <section className="card wording-card" aria-labelledby="wording-draft">
      <h2 id="wording-draft">{t("templates.page.draft")}</h2>
      {draft ? (
        <OpenDraft status={status} draft={draft} onDone={onDone} />
      ) : (
        <>
          <p className="soft">{t("templates.page.noDraft")}</p>
          {mayDraft && (
            <p className="card-actions">
              <Link to={PATHS.wordingDraft} params={{ seller }} className="pager-link">
                {t("templates.page.startDraft")}
              </Link>
            </p>
          )}
        </>
      )}
    </section>
  );
}

function OpenDraft({ status, draft, onDone }: DraftCardProps & { draft: Draft }) {
  const { t } = useTranslation("desk");
  const draftedText = useDraftedText();
  const may = useMay();
  const [doing, setDoing] = useState<Doing | null>(null);
  const [replaced, setReplaced] = useState(false);
  const { seller, version } = status;
  const isMine = draft.mine;
  const isOutdated = draft.basedOn !== version;
  return (
    <>
      <p className="soft wrap">{draftedText(draft)}</p>
      {replaced && (
        <p className="notice-line" role="alert">
          <Icon name="warning" size={18} /> <span>{t("policy.draft.replaced")}</span>
        </p>
      )}
      {isOutdated && (
        <p className="field-fault" role="note">
          {t("templates.page.outdated")}
        </p>
      )}
      <WordingChanges status={status} from="in_force" to="draft" />
      {isMine && may("policy:publish") && !isOutdated && <p className="soft">{t("templates.page.mine")}</p>}
      <div className="card-actions">
        <Link to={PATHS.compare} search={{ seller, left: "in_force", right: "draft" }} className="pager-link">
          {t("templates.page.compareDraft")}
        </Link>
        {may("policy:draft") && (
          <>
            <Link to={PATHS.wordingDraft} params={{ seller }} className="pager-link">
              {t("templates.page.editDraft")}
            </Link>
            <Button onClick={() => setDoing({ what: "withdraw", draft })}>{t("templates.page.withdraw")}</Button>
          </>
        )}
        {may("policy:publish") && !isMine && !isOutdated && (
          <Button type="primary" onClick={() => setDoing({ what: "publish", draft })}>
            {t("templates.page.publish")}
          </Button>
        )}
      </div>
      {doing?.what === "publish" && (
        <PublishDialog
          {...{ status, onDone }}
          draft={doing.draft}
          onReplaced={() => setReplaced(true)}
          onClosed={() => setDoing(null)}
        />
      )}
      {doing?.what === "withdraw" && (
        <WithdrawDialog {...{ status, onDone }} draft={doing.draft} onClosed={() => setDoing(null)} />
      )}
    </>
  );
}

function useDraftedText(): (draft: Draft) => string {
  const { t } = useTranslation("desk");
  const { language } = useLanguage();
  const zone = useHouseZone();
  return ({ draftedBy: person, draftedAt, basedOn: version }) => {
    const [moment, named] = [momentText(draftedAt, zone, language), zoneText(zone, draftedAt, language)];
    const told = { person, moment, zone: named };
    return version === 0 ? t("templates.page.draftOfLibrary", told) : t("templates.page.draftOf", { ...told, version });
  };
}
