import { type ThemeConfig, theme } from "antd";
import { PALETTES, type Scheme } from "./palette.ts";

const FONT_FAMILY =
  'system-ui, -apple-system, "Segoe UI", Roboto, "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", "Noto Sans SC", "Noto Sans CJK SC", sans-serif';

/** antd in the colours of the palette; nothing of it moves where the reader wants that. */
export function antdTheme(scheme: Scheme, isStill: boolean): ThemeConfig {
  const palette = PALETTES[scheme];
  return {
    algorithm: scheme === "dark" ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: {
      motion: !isStill,
      colorPrimary: palette.primary,
      colorInfo: palette.info,
      colorError: palette.bad,
      colorLink: palette.link,
      colorLinkHover: palette.ink,
      colorText: palette.ink,
      colorTextSecondary: palette.inkSoft,
      colorTextTertiary: palette.inkSoft,
      colorTextDescription: palette.inkSoft,
      colorTextPlaceholder: palette.inkSoft,
      colorBgLayout: palette.page,
      colorBgContainer: palette.surface,
      colorBgElevated: palette.surface,
      colorBorder: palette.lineStrong,
      colorBorderSecondary: palette.line,
      borderRadius: 8,
      controlHeight: 36,
      fontFamily: FONT_FAMILY,
      fontSize: 14,
    },
    components: {
      Button: {
        colorPrimary: palette.primary,
        colorPrimaryHover: palette.primaryPressed,
        colorPrimaryActive: palette.primaryPressed,
        // The primary colour is too dark to read on the dark theme's ground.
        defaultHoverColor: palette.link,
        defaultHoverBorderColor: palette.link,
        defaultActiveColor: palette.link,
        defaultActiveBorderColor: palette.link,
        primaryShadow: "none",
        defaultShadow: "none",
        fontWeight: 500,
      },
      Popover: { colorBgElevated: palette.raised },
      Segmented: {
        trackBg: palette.offSoft,
        itemColor: palette.inkSoft,
        itemSelectedColor: palette.ink,
        itemSelectedBg: palette.raised,
      },
    },
  };
}
