import type { RequestDetails } from "../api/contracts.ts";

/** What a request says before anything is chosen. */
export const UNCHOSEN: RequestDetails = {
  language: "zh-CN+en",
  contact: "",
  postalAddress: "",
  phone: "",
  email: "",
  purchaseOrder: "",
};
