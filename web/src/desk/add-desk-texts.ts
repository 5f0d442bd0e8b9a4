import i18next from "i18next";
import { deskEn } from "./desk-en.ts";
import { deskZhCn } from "./desk-zh-cn.ts";

/** Adds what the desk says to what the console says; buyers, and whoever verifies, never load it. */
export function addDeskTexts(): void {
  i18next.addResourceBundle("zh-CN", "desk", deskZhCn);
  i18next.addResourceBundle("en", "desk", deskEn);
}
