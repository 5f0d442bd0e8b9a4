import { momentText } from "../format/moment.ts";
import type { Language } from "../i18n/languages.ts";
import { useLanguage } from "../i18n/use-language.ts";
import { useHouseZone } from "../shell/use-house-zone.ts";
import { useRoleWords } from "../shell/use-role-words.ts";
import { DETAIL_WORDS, VALUE_WORDS } from "./audit-words.ts";
import { wordFor } from "./words.ts";

export type Detail = Readonly<Record<string, string | number | boolean | null>>;

/** What somebody has written is never taken for a code. */
const FREE_TEXTS: ReadonlySet<string> = new Set([
  "assignee",
  "previous",
  "name",
  "description",
  "for",
  "reference",
  "object",
  "subject",
]);
const SHA_256 = /^[0-9a-f]{64}$/;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/;
const SHOWN_OF_HASH = 12;

/** The particulars of a record, in words where there are some; what has no value is left out. */
export function DetailList({ detail }: { detail: Detail }) {
  const { language } = useLanguage();
  const given = Object.entries(detail).filter(([, value]) => value !== null && value !== "");
  if (given.length === 0) return null;
  return (
    <dl className="detail-list">
      {given.map(([name, value]) => (
        <div key={name}>
          <dt>{wordFor(DETAIL_WORDS, name, language)}</dt>
          <dd>
            <DetailValue name={name} value={String(value)} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function DetailValue({ name, value }: { name: string; value: string }) {
  const { language } = useLanguage();
  const zone = useHouseZone();
  const roleName = useRoleWords();
  if (SHA_256.test(value)) {
    return (
      <span className="code" title={value}>
        {value.slice(0, SHOWN_OF_HASH)}…
      </span>
    );
  }
  const at = instantIn(name, value);
  if (at !== null) return <time dateTime={at}>{momentText(at, zone, language)}</time>;
  if (name === "roles" || name === "before") {
    return listText(value.split(","), language, (code) => codeText(roleName(code), language));
  }
  if (name === "scopes" || name === "eventTypes") return <span className="code">{value.split(/[ ,]/).join(" ")}</span>;
  return FREE_TEXTS.has(name) ? value : codeText(value, language);
}

const INSTANTS: ReadonlySet<string> = new Set(["expiresAt", "from", "to"]);

/** Instants are written as text, or in milliseconds under a name that says so. */
function instantIn(name: string, value: string): string | null {
  if (INSTANT.test(value)) return value;
  return INSTANTS.has(name) && /^\d{13}$/.test(value) ? new Date(Number(value)).toISOString() : null;
}

function codeText(code: string, language: Language): string {
  return wordFor(VALUE_WORDS, code, language);
}

function listText(codes: readonly string[], language: Language, textOf: (code: string) => string): string {
  return codes.map(textOf).join(language === "en" ? ", " : "、");
}
