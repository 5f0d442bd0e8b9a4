import { faultText as text } from "./fault-text.ts";

/** Faults of what buyers keep to fill into their requests. */
export const PROFILE_FAULT_TEXT = {
  profile_changed: text(
    "联系信息已被他人修改",
    "Somebody else has changed this profile",
    "您打开之后，该联系信息已被他人修改，本次操作未生效。请重新打开，核对最新内容后再操作。",
    "The profile was changed after you opened it, so nothing was done. Open it again, look at what it says now, and repeat what you meant to do.",
  ),
  too_many_profiles: text(
    "联系信息已达上限",
    "Too many contact profiles",
    "每个账号最多保存 20 条联系信息，请先删除不再使用的。",
    "An account keeps 20 contact profiles at most; delete one that is not used any more.",
  ),
  profiles_unreadable: text(
    "联系信息无法解密",
    "The contact profiles cannot be opened",
    "该账号保存的联系信息无法解密，系统已记录并告警，请联系卖方。申请合同不受影响，联系信息可手动填写。",
    "The account's contact profiles cannot be opened. This was logged for whoever runs the service; tell the seller. Contracts can be requested all the same, with the contact filled in by hand.",
  ),
} as const;
