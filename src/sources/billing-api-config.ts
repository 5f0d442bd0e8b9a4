import { withBlanksForInvisible } from "../application/order-document-fields.ts";

/** `Key:[name:value;name:value;]`, again and again: how the billing API writes what was configured. */
const GROUP = /([^:;[\]]{1,64}):\[([^[\]]*)\]/gy;
/** Names that say no more than their place in the group does: "SystemDisk 100 cloud_essd". */
const SILENT_NAMES = new Set(["Size", "Category", "Name", "Value"]);
/** Keys whose value speaks for itself: "ecs.g8i.2xlarge". */
const SPEAKING_VALUES = new Set(["InstanceType", "DBInstanceClass"]);

/**
 * The configuration in words: "ImageOs linux · ecs.g8i.2xlarge · SystemDisk 100 cloud_essd · cn-hangzhou".
 * Nothing is dropped but repetitions of the region. What does not have the usual form stays as it was written.
 */
export function describeConfig(config: string, region: string, longest: number): string {
  const groups = groupsOf(withBlanksForInvisible(config).trim());
  const parts = typeof groups === "string" ? [groups] : groups.map((group) => describeGroup(group, region));
  const place = withBlanksForInvisible(region).trim();
  return shortened([...parts, place].filter((part) => part !== "").join(" · "), longest);
}

interface Group {
  readonly key: string;
  readonly entries: readonly { readonly name: string; readonly value: string }[];
}

function groupsOf(config: string): readonly Group[] | string {
  const groups: Group[] = [];
  let end = 0;
  for (const match of config.matchAll(GROUP)) {
    const [whole, key = "", body = ""] = match;
    groups.push({ key: key.trim(), entries: entriesOf(body) });
    end = match.index + whole.length;
  }
  return config.slice(end).trim() === "" ? groups : config;
}

function entriesOf(body: string): Group["entries"] {
  const entries = body.split(";").map((text) => text.trim());
  return entries
    .filter((text) => text !== "")
    .map((text) => {
      const colon = text.indexOf(":");
      return colon < 0
        ? { name: "", value: text }
        : { name: text.slice(0, colon).trim(), value: text.slice(colon + 1).trim() };
    });
}

function describeGroup({ key, entries }: Group, region: string): string {
  const told = entries.filter(({ name, value }) => !(name === "Region" && value === region));
  if (told.length === 0) return entries.length === 0 ? key : "";
  let text = SPEAKING_VALUES.has(key) && told.some(({ name }) => name === key) ? "" : key;
  for (const [index, { name, value }] of told.entries()) {
    const isSilent = name === "" || name === key || SILENT_NAMES.has(name);
    const separator = text === "" ? "" : index > 0 && !isSilent ? ", " : " ";
    text += separator + (isSilent ? value : `${name} ${value}`.trim());
  }
  return text;
}

/** An order must not get lost because its configuration is long; the ellipsis shows that there was more. */
function shortened(text: string, longest: number): string {
  const characters = Array.from(text);
  return characters.length <= longest ? text : `${characters.slice(0, longest - 1).join("")}…`;
}
