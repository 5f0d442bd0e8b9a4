import { fileURLToPath } from "node:url";

/** The four files a contract is set in: two families, one regular and one bold weight each. */
const FONT_FILES = [
  "@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf",
  "@expo-google-fonts/noto-sans/600SemiBold/NotoSans_600SemiBold.ttf",
  "@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf",
  "@expo-google-fonts/noto-sans-sc/600SemiBold/NotoSansSC_600SemiBold.ttf",
] as const;

/** Absolute paths of the font files, wherever npm installed them; throws where a package is missing. */
export function fontPaths(): readonly string[] {
  return FONT_FILES.map((file) => fileURLToPath(import.meta.resolve(file)));
}

const SEAL_FONT = "@expo-google-fonts/noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf";

/** The font whose outlines the lettering of a seal is drawn from. */
export function sealFontPath(): string {
  return fileURLToPath(import.meta.resolve(SEAL_FONT));
}
