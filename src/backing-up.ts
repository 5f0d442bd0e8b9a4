import { join } from "node:path";
import { type BackupReport, backUp } from "./application/back-up.ts";
import { type RestoreOutcome, restoreBackup } from "./application/restore-backup.ts";
import { verifyRestored } from "./application/verify-restored.ts";
import type { Restored } from "./cli/installation.ts";
import { openTrustedCertificates } from "./document/trusted-certificates.ts";
import type { Environment } from "./environment.ts";
import { openObjects, openServices, reachDatabase } from "./services.ts";
import { readBackupFile, writeBackupFile } from "./store/backup-file.ts";
import { openBooksCopier } from "./store/books-copier.ts";

type Log = (line: string) => void;

/** `orderseal backup`: of the installation as it is, while it may be running. */
export async function backUpTo(environment: Environment, path: string, log: Log): Promise<BackupReport> {
  const services = await openServices(environment, { log });
  try {
    const ports = { ...services, certificates: openTrustedCertificates(join(environment.home, "keys")) };
    return await writeBackupFile(path, (write) => backUp(ports, write));
  } finally {
    await services.close();
  }
}

/** `orderseal restore`: into an installation that holds nothing yet; then looks at every contract. */
export async function restoreFrom(environment: Environment, path: string, log: Log): Promise<Restored> {
  // Before anything else opens it: demonstration sellers and keys would be put into what must be empty.
  const { embedded, connection } = await reachDatabase(environment, { log });
  let outcome: RestoreOutcome;
  try {
    const ports = {
      copier: openBooksCopier(connection),
      objects: openObjects(environment),
      certificates: openTrustedCertificates(join(environment.home, "keys")),
    };
    outcome = await restoreBackup(ports, readBackupFile(path));
  } finally {
    await embedded?.close();
  }
  if (outcome.kind !== "restored") return outcome;
  const services = await openServices(environment, { log });
  try {
    await services.transparencyLog.renew();
    return { ...outcome, contracts: await verifyRestored(services) };
  } finally {
    await services.close();
  }
}
