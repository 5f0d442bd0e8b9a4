import { fileURLToPath } from "node:url";

/**
 * Absolute paths of the files that a contract is set in, wherever npm installed them: one regular and one bold weight
 * each of Latin letters, of Chinese, and of what only the names of Hong Kong and Taiwan have (HKSCS, Big5). A character
 * comes from the first family that has it. Throws where a package is missing.
 */
export function fontPaths(): readonly string[] {
  return [
    import.meta.resolve("@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf"),
    import.meta.resolve("@expo-google-fonts/noto-sans/600SemiBold/NotoSans_600SemiBold.ttf"),
    import.meta.resolve("@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf"),
    import.meta.resolve("@expo-google-fonts/noto-sans-sc/600SemiBold/NotoSansSC_600SemiBold.ttf"),
    import.meta.resolve("@expo-google-fonts/noto-sans-hk/400Regular/NotoSansHK_400Regular.ttf"),
    import.meta.resolve("@expo-google-fonts/noto-sans-hk/600SemiBold/NotoSansHK_600SemiBold.ttf"),
  ].map((url) => fileURLToPath(url));
}

/** The fonts whose outlines the lettering of a seal is drawn from, in the order in which a character is looked for. */
export function sealFontPaths(): readonly string[] {
  return [
    import.meta.resolve("@expo-google-fonts/noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf"),
    import.meta.resolve("@expo-google-fonts/noto-sans-hk/700Bold/NotoSansHK_700Bold.ttf"),
  ].map((url) => fileURLToPath(url));
}
