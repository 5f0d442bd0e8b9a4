import { createApiKey } from "../../src/application/api-keys.ts";
import { STAFF_ROLES, type StaffRole } from "../../src/domain/roles.ts";
import { type Caller, caller, machine, read, stranger } from "../http/caller.ts";
import { makeKey, TESTER } from "../test-key.ts";
import type { TestServer } from "../test-server.ts";

/** Everybody that a route may meet, each with one role and no other. */
export type CallerName = "stranger" | "buyer_viewer" | "buyer_requester" | StaffRole | "machine" | "idle_machine";
export const CALLER_NAMES = [
  ...["stranger", "buyer_viewer", "buyer_requester"],
  ...STAFF_ROLES,
  ...["machine", "idle_machine"],
] as readonly CallerName[];

/** Buyers of `account`; a machine with every scope, and one whose only scope no route but the metrics ask for. */
export async function everybody(server: TestServer, account: string): Promise<Readonly<Record<CallerName, Caller>>> {
  const staff = await Promise.all(
    STAFF_ROLES.map(async (role) => [role, withKey(server, await makeKey(server.services, role, role))] as const),
  );
  const holder = { kind: "machine", scopes: ["metrics:read"] } as const;
  const idle = await createApiKey(server.services, TESTER, { name: "idle", holder });
  return {
    ...(Object.fromEntries(staff) as Record<StaffRole, Caller>),
    stranger: stranger(server),
    buyer_viewer: await buyerByPortal(server, account, "viewer"),
    buyer_requester: await buyerByPortal(server, account, "requester"),
    machine: machine(server),
    idle_machine: withKey(server, idle.secret),
  };
}

/** A buyer whom the seller's backend sent over, as a browser that followed the link. */
export async function buyerByPortal(
  server: Pick<TestServer, "url" | "apiKey">,
  account: string,
  role: "viewer" | "requester",
  actor = `${role}@buyer.example`,
): Promise<Caller> {
  const opened = await machine(server).post("/v1/portal-sessions", { account, actor: { id: actor, role } });
  const { url } = await read<{ url: string }>(opened);
  const entered = await fetch(url, { redirect: "manual" });
  const cookie = entered.headers.getSetCookie()[0]?.replace(/;.*$/, "");
  if (cookie === undefined) throw new Error(`the portal let nobody in: ${entered.status}`);
  return caller(server.url, { cookie });
}

function withKey({ url }: TestServer, apiKey: string): Caller {
  return machine({ url, apiKey });
}
