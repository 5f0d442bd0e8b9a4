import { buyerZhCn } from "./buyer-zh-cn.ts";
import { companyZhCn } from "./company-zh-cn.ts";
import { contractsZhCn } from "./contracts-zh-cn.ts";
import { shellZhCn } from "./shell-zh-cn.ts";
import { staffSignInZhCn } from "./staff-sign-in-zh-cn.ts";
import { verifyZhCn } from "./verify-zh-cn.ts";
import { waysOutZhCn } from "./ways-out-zh-cn.ts";

/** All that the console says in Chinese, by area; the other languages say the same keys. */
export const zhCN = {
  ...shellZhCn,
  ...buyerZhCn,
  ...contractsZhCn,
  ...companyZhCn,
  ...waysOutZhCn,
  ...staffSignInZhCn,
  ...verifyZhCn,
} as const;
