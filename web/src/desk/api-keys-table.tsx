import { Button } from "antd";
import { useTranslation } from "react-i18next";
import type { ApiKey } from "../api/api-keys.ts";
import { endText, momentText } from "../format/moment.ts";
import { useLanguage } from "../i18n/use-language.ts";
import { Tag } from "../shell/standing-tag.tsx";
import { TimesNote } from "../shell/times-note.tsx";
import { useHouseZone } from "../shell/use-house-zone.ts";
import { KeyScopes } from "./key-scopes.tsx";
import { useActorText } from "./use-actor-text.ts";

const COLUMNS = ["name", "scopes", "created", "expires", "used", "state"] as const;
const TONES = { active: "good", revoked: "bad", expired: "off" } as const;

interface ApiKeysTableProps {
  readonly keys: readonly ApiKey[];
  /** Null for whoever may only look. */
  readonly onRevoke: ((key: ApiKey) => void) | null;
}

/** Keys that are good come first; the newest of each first. */
export function ApiKeysTable({ keys, onRevoke }: ApiKeysTableProps) {
  const { t } = useTranslation("desk");
  const zone = useHouseZone();
  const sorted = keys.toSorted((a, b) => rank(a) - rank(b) || b.createdAt.localeCompare(a.createdAt));
  return (
    <>
      <div className="table-card">
        <table className="table stacking labelled keys-table">
          <caption className="unseen">{t("keys.caption")}</caption>
          <thead>
            <tr>
              {COLUMNS.map((column) => (
                <th key={column} scope="col">
                  {t(`keys.column.${column}`)}
                </th>
              ))}
              <th scope="col">
                <span className="unseen">{t("keys.action")}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {sorted.map((key) => (
              <KeyRow key={key.id} apiKey={key} onRevoke={onRevoke && (() => onRevoke(key))} />
            ))}
          </tbody>
        </table>
      </div>
      <TimesNote zone={zone} />
    </>
  );
}

function KeyRow({ apiKey, onRevoke }: { apiKey: ApiKey; onRevoke: (() => void) | null }) {
  const { t } = useTranslation("desk");
  const actorText = useActorText();
  const { name, kind, state, createdAt, createdBy, expiresAt, revokedAt, lastUsedAt } = apiKey;
  return (
    <tr>
      <th scope="row" className="column-name">
        <strong className="wrap">{name}</strong>
        <span className="soft small">{t(`keys.kind.${kind}`)}</span>
      </th>
      <td data-label={t("keys.column.scopes")} className="column-scopes">
        <KeyScopes apiKey={apiKey} />
      </td>
      <td data-label={t("keys.column.created")}>
        <div>
          <Moment at={createdAt} />
          <span className="soft small wrap">{t("keys.by", { actor: actorText(createdBy) })}</span>
        </div>
      </td>
      <td data-label={t("keys.column.expires")}>
        {expiresAt === null ? <span className="soft">{t("keys.noEnd")}</span> : <ExpiresAt at={expiresAt} />}
      </td>
      <td data-label={t("keys.column.used")}>
        {lastUsedAt === null ? <span className="soft">{t("keys.never")}</span> : <Moment at={lastUsedAt} />}
      </td>
      <td data-label={t("keys.column.state")}>
        <div>
          <Tag tone={TONES[state]}>{t(`keys.state.${state}`)}</Tag>
          {revokedAt !== null && <RevokedAt at={revokedAt} />}
        </div>
      </td>
      <td className="column-action">
        {state === "active" && onRevoke && (
          <Button size="small" danger aria-label={t("keys.revokeFor", { name })} onClick={onRevoke}>
            {t("keys.revoke")}
          </Button>
        )}
      </td>
    </tr>
  );
}

function Moment({ at }: { at: string }) {
  const { language } = useLanguage();
  const zone = useHouseZone();
  return <time dateTime={at}>{momentText(at, zone, language)}</time>;
}

function ExpiresAt({ at }: { at: string }) {
  const { language } = useLanguage();
  const zone = useHouseZone();
  return <time dateTime={at}>{endText(at, zone, language)}</time>;
}

function RevokedAt({ at }: { at: string }) {
  const { t } = useTranslation("desk");
  const { language } = useLanguage();
  const zone = useHouseZone();
  return <span className="soft small">{t("keys.revokedAt", { moment: momentText(at, zone, language) })}</span>;
}

function rank({ state }: ApiKey): number {
  return state === "active" ? 0 : 1;
}
