import type { CanonicalValue } from "./canonical-json.ts";
import type { InputFault } from "./input-fault.ts";
import type { Localized } from "./localized.ts";
import { type LogoFault, readLogo } from "./logo-path.ts";

/** How a seller's round seal looks, beside the seller's name around it. */
export interface SealDesign {
  readonly [key: string]: CanonicalValue;
  /** Digits of the lower arc, such as the number the seal is registered under; empty for none. */
  readonly number: string;
  /** A short line below the middle, such as "合同专用章"; empty for none. */
  readonly caption: string;
  /** Outline of the seller's logo as SVG path data in a box of 100 by 100; empty for the star. */
  readonly logo: string;
  /** Whether contracts of several pages bear a riding seal (骑缝章) across the edges of their pages. */
  readonly riding: boolean;
}

export const PLAIN_SEAL: SealDesign = { number: "", caption: "", logo: "", riding: true };

/** In UTF-16 code units: what fits below the star, between the ends of the ring text. */
const LONGEST_CAPTION = 8;
const MOST_DIGITS = 20;

const LOGO_FAULTS: Readonly<Record<LogoFault, Localized>> = {
  too_long: {
    "zh-CN": "徽标过于复杂（不得超过 8000 个字符、400 个路径命令），请简化。",
    en: "the logo is too intricate (8000 characters and 400 commands at most); simplify it.",
  },
  unreadable: {
    "zh-CN": "徽标须为 SVG 路径数据，仅限 M、L、H、V、C、S、Q、Z 命令及普通数字，请转换后重试。",
    en: "the logo must be SVG path data of M, L, H, V, C, S, Q and Z with plain numbers; convert it.",
  },
  not_begun: {
    "zh-CN": "徽标路径须以 M 命令开始。",
    en: "the logo's path must begin with M; put its first point there.",
  },
  outside: {
    "zh-CN": "徽标超出 100×100 的方框（含曲线的控制点），请缩放或者平移。",
    en: "the logo leaves its box of 100 by 100, control points included; scale or move it.",
  },
  empty: {
    "zh-CN": "徽标路径没有任何线条；不用徽标的，请留空。",
    en: "the logo draws nothing; leave it empty for the star.",
  },
};

/**
 * What keeps a seal from being drawn like this: digits that are none, a caption too long, a logo that cannot be read or
 * leaves its box. Whether the seal's font has the caption's characters is asked separately.
 */
export function faultOfSealDesign({ number, caption, logo }: SealDesign): InputFault | null {
  if (!/^\d*$/.test(number) || number.length > MOST_DIGITS) {
    return fault(
      "seal.number",
      `印章编号只能是 ${MOST_DIGITS} 位以内的数字，没有编号的请留空。`,
      `the seal's number is up to ${MOST_DIGITS} digits; leave it empty for none.`,
    );
  }
  if (caption.length > LONGEST_CAPTION) {
    return fault(
      "seal.caption",
      `印章下方文字不得超过 ${LONGEST_CAPTION} 个字符，例如“合同专用章”。`,
      `the seal's caption has at most ${LONGEST_CAPTION} characters, such as 合同专用章; shorten it.`,
    );
  }
  const reading = logo === "" ? null : readLogo(logo);
  if (reading === null || reading.ok) return null;
  return fault("seal.logo", LOGO_FAULTS[reading.fault]["zh-CN"], LOGO_FAULTS[reading.fault].en);
}

function fault(field: string, zh: string, en: string): InputFault {
  return { field, message: { "zh-CN": `${field}：${zh}`, en: `${field}: ${en}` } };
}
