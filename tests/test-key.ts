import { type ApiKeyPorts, createApiKey, type KeyHolder } from "../src/application/api-keys.ts";
import type { Actor } from "../src/application/ports.ts";
import type { StaffRole } from "../src/domain/roles.ts";

export const TESTER: Actor = { kind: "operator", id: "tester" };

/** The secret of a new key: a machine's with every scope, or a person's with roles. */
export async function makeKey(ports: ApiKeyPorts, name: string, ...roles: readonly StaffRole[]): Promise<string> {
  const holder: KeyHolder | null = roles.length === 0 ? null : { kind: "staff", roles, scopes: null };
  const { secret } = await createApiKey(ports, TESTER, { name, ...(holder && { holder }) });
  return secret;
}
