import { useTranslation } from "react-i18next";
import type { SealKey } from "../../api/seal-keys.ts";
import { momentText } from "../../format/moment.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { ColumnTable } from "../../shell/column-table.tsx";
import { Tag } from "../../shell/standing-tag.tsx";
import type { Tone } from "../../shell/standing-tone.ts";
import { useHouseZone } from "../../shell/use-house-zone.ts";

const COLUMNS = ["name", "kept", "valid", "subject", "fingerprint"] as const;
const TONES = {
  in_use: "good",
  usable: "info",
  not_yet: "info",
  over: "off",
  awaiting_certificate: "wait",
  awaiting_approval: "wait",
  unusable: "bad",
} as const satisfies Record<SealKey["state"], Tone>;
/** What is used first, then what may be, then what waits, then what is over. */
const ORDER: readonly SealKey["state"][] = [
  ...(["in_use", "usable", "not_yet", "awaiting_approval", "awaiting_certificate", "unusable", "over"] as const),
];

interface SealKeysTableProps {
  readonly keys: readonly SealKey[];
  readonly seller: string;
}

export function SealKeysTable({ keys, seller }: SealKeysTableProps) {
  const { t } = useTranslation("desk");
  const sorted = keys.toSorted((left, right) => ORDER.indexOf(left.state) - ORDER.indexOf(right.state));
  return (
    <ColumnTable
      className="labelled seal-keys-table"
      caption={t("sealKeys.caption", { seller })}
      columns={COLUMNS.map((column) => ({ name: column, label: t(`sealKeys.column.${column}`) }))}
    >
      {sorted.map((key) => (
        <KeyRow key={key.name} sealKey={key} />
      ))}
    </ColumnTable>
  );
}

function KeyRow({ sealKey }: { sealKey: SealKey }) {
  const { t } = useTranslation("desk");
  const { name, state, algorithm, subject, fingerprint } = sealKey;
  const none = <span className="soft">{t("sealKeys.noCertificate")}</span>;
  return (
    <tr>
      <th scope="row" className="column-name">
        <strong className="wrap">{name}</strong>
        <Tag tone={TONES[state]}>{t(`sealKeys.state.${state}`)}</Tag>
        <StateNote state={state} />
      </th>
      <td data-label={t("sealKeys.column.kept")}>
        <div>
          <Kept kind={sealKey.kind} />
          {algorithm !== null && <span className="soft small">{algorithm}</span>}
        </div>
      </td>
      <td data-label={t("sealKeys.column.valid")}>
        <Period sealKey={sealKey} />
      </td>
      <td data-label={t("sealKeys.column.subject")} className="wrap">
        {subject ?? none}
      </td>
      <td data-label={t("sealKeys.column.fingerprint")} className="column-fingerprint">
        {fingerprint === null ? none : <span className="code wrap small">{fingerprint}</span>}
      </td>
    </tr>
  );
}

/** Where the private part is; a kind that this version does not know is shown as it is. */
function Kept({ kind }: { kind: string | null }) {
  const { t } = useTranslation("desk");
  switch (kind) {
    case "file":
    case "pkcs11":
    case "http":
      return <span>{t(`sealKeys.kind.${kind}`)}</span>;
    default:
      return <span>{kind ?? t("sealKeys.unknown")}</span>;
  }
}

function StateNote({ state }: { state: SealKey["state"] }) {
  const { t } = useTranslation("desk");
  switch (state) {
    case "awaiting_certificate":
    case "awaiting_approval":
    case "unusable":
      return <span className="soft small">{t(`sealKeys.stateNote.${state}`)}</span>;
    default:
      return null;
  }
}

function Period({ sealKey: { validFrom, validUntil, daysLeft, state } }: { sealKey: SealKey }) {
  const { t } = useTranslation("desk");
  const { language } = useLanguage();
  const zone = useHouseZone();
  if (validFrom === null || validUntil === null) return <span className="soft">{t("sealKeys.noCertificate")}</span>;
  const [from, until] = [momentText(validFrom, zone, language), momentText(validUntil, zone, language)];
  return (
    <div>
      <time dateTime={validFrom}>{from}</time> {t("sealKeys.to")} <time dateTime={validUntil}>{until}</time>
      {daysLeft !== null && state !== "over" && (
        <span className="soft small">{t("sealKeys.daysLeft", { count: daysLeft })}</span>
      )}
    </div>
  );
}
