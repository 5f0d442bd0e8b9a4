import { lchown, stat } from "node:fs/promises";
import { weAreRoot } from "./unprivileged.ts";

/**
 * As root, gives a file we made to whoever owns its directory, who may be an ordinary user that opens the database
 * without root the next time.
 */
export async function giveToOwnerOf(directory: string, path: string): Promise<void> {
  if (!weAreRoot()) return;
  const owner = await stat(directory);
  await lchown(path, owner.uid, owner.gid);
}
