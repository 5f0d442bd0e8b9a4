export type Scheme = "light" | "dark";

/**
 * Paper, ink and seal. Every text colour reaches 4.5:1 on the backgrounds it is used on (WCAG 2.2, 1.4.3).
 * Written as custom properties by `applyPalette`, so that style sheets and antd share one source.
 */
export interface Palette {
  readonly page: string;
  readonly surface: string;
  readonly sunken: string;
  readonly raised: string;
  readonly line: string;
  readonly lineStrong: string;
  readonly ink: string;
  readonly inkSoft: string;
  readonly primary: string;
  readonly primaryPressed: string;
  readonly link: string;
  readonly seal: string;
  readonly good: string;
  readonly goodSoft: string;
  readonly wait: string;
  readonly waitSoft: string;
  readonly info: string;
  readonly infoSoft: string;
  readonly bad: string;
  readonly badSoft: string;
  readonly off: string;
  readonly offSoft: string;
  readonly shadow: string;
  /** Parts of a chart, told apart by their pattern, too; each reaches 3:1 on `surface` (WCAG 2.2, 1.4.11). */
  readonly chart1: string;
  readonly chart2: string;
  readonly chart3: string;
  readonly chart4: string;
  readonly chart5: string;
  readonly chart6: string;
}

export const PALETTES = {
  light: {
    page: "#f6f4ef",
    surface: "#ffffff",
    sunken: "#faf9f6",
    raised: "#ffffff",
    line: "#e6e2d9",
    lineStrong: "#c9c3b6",
    ink: "#1b2029",
    inkSoft: "#585e69",
    primary: "#1f3f66",
    primaryPressed: "#152e4c",
    link: "#1f4f8a",
    seal: "#b3261e",
    good: "#17653a",
    goodSoft: "#e5f3ea",
    wait: "#7d4a00",
    waitSoft: "#fcf0db",
    info: "#1b5287",
    infoSoft: "#e6f0f9",
    bad: "#a1231b",
    badSoft: "#fae9e7",
    off: "#585e69",
    offSoft: "#efece6",
    shadow: "0 1px 2px rgb(27 32 41 / 6%), 0 6px 20px rgb(27 32 41 / 5%)",
    chart1: "#23598f",
    chart2: "#c2571a",
    chart3: "#2c7a4b",
    chart4: "#8a4fa3",
    chart5: "#94710b",
    chart6: "#6b7280",
  },
  dark: {
    page: "#121418",
    surface: "#1a1d23",
    sunken: "#16191e",
    raised: "#3b414c",
    line: "#2c3038",
    lineStrong: "#4a505c",
    ink: "#e8e9ec",
    inkSoft: "#a6adb9",
    primary: "#3b6fb6",
    primaryPressed: "#2f5d9b",
    link: "#8cb8f0",
    seal: "#ef6b61",
    good: "#74cf9b",
    goodSoft: "#16301f",
    wait: "#efbd6c",
    waitSoft: "#362911",
    info: "#8abff0",
    infoSoft: "#152b40",
    bad: "#f39189",
    badSoft: "#3b1e1c",
    off: "#a6adb9",
    offSoft: "#262a31",
    shadow: "0 1px 2px rgb(0 0 0 / 40%)",
    chart1: "#6ea8ea",
    chart2: "#f0945c",
    chart3: "#6cc794",
    chart4: "#c79be0",
    chart5: "#d9b356",
    chart6: "#9aa3b0",
  },
} as const satisfies Record<Scheme, Palette>;

/** Sets `--page`, `--ink-soft` … on the document; through the CSSOM, which a strict content policy allows. */
export function applyPalette(scheme: Scheme): void {
  const { style } = document.documentElement;
  for (const [name, value] of Object.entries(PALETTES[scheme])) {
    style.setProperty(`--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`, value);
  }
  style.colorScheme = scheme;
}
