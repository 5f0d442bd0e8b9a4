import { basename, dirname } from "node:path";
import type { ReadKey } from "./key-folder.ts";

/**
 * Which seal certificates two persons have approved, by their SHA-256; null where no approval is asked for (keys of a
 * demonstration).
 */
export type ApprovedKeys = ReadonlySet<string> | null;

/** The key as it counts: one whose certificate was not approved is not used, whoever has put it there. */
export function withApproval(read: ReadKey, approved: ApprovedKeys): ReadKey {
  if (approved === null || read.fault !== null || read.certificate === null) return read;
  if (approved.has(read.certificate.sha256)) return read;
  const [document = ""] = read.files;
  const seller = basename(dirname(dirname(document)));
  const propose = `orderseal keys propose --seller ${seller} --name ${read.name}`;
  const fault = {
    "zh-CN": `等待双人复核：启用印章密钥须由一人提交、另一人批准。提交：${propose}；批准：orderseal proposals approve。`,
    en: `It waits for two persons: one proposes it (${propose}), another approves it (orderseal proposals approve).`,
  };
  return { ...read, key: null, fault, isAwaitingApproval: true };
}
