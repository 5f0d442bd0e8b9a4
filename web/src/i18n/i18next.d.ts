import "i18next";
import type { deskZhCn } from "../desk/desk-zh-cn.ts";
import type { zhCN } from "./zh-CN.ts";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "console";
    resources: { console: typeof zhCN; desk: typeof deskZhCn };
  }
}
