import { buyerEn } from "./buyer-en.ts";
import { companyEn } from "./company-en.ts";
import { contractsEn } from "./contracts-en.ts";
import type { Dictionary } from "./dictionary.ts";
import { shellEn } from "./shell-en.ts";
import { staffSignInEn } from "./staff-sign-in-en.ts";
import { verifyEn } from "./verify-en.ts";
import { waysOutEn } from "./ways-out-en.ts";

/** All that the console says in English. */
export const en: Dictionary = {
  ...shellEn,
  ...buyerEn,
  ...contractsEn,
  ...companyEn,
  ...waysOutEn,
  ...staffSignInEn,
  ...verifyEn,
};
