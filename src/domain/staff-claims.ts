import { STAFF_ROLES, type StaffRole } from "./roles.ts";

/** What an identity provider says of a person. */
export type Claims = Readonly<Record<string, unknown>>;

/** How the seller's identity provider tells who somebody is and what they may do. */
export interface ClaimRules {
  /** A claim's name, or a path with dots into it: "roles", "realm_access.roles". */
  readonly rolesClaim: string;
  /** Roles by what the claim says; null: it says our roles' own names. */
  readonly roleMap: ReadonlyMap<string, readonly StaffRole[]> | null;
  /** Null: preferred_username, else email, else sub. */
  readonly nameClaim: string | null;
}

const LONGEST_NAME = 200;

/** Roles in the order of the table; what the claim says beyond them is ignored, and no claim means no role. */
export function rolesOfClaims(claims: Claims, { rolesClaim, roleMap }: ClaimRules): readonly StaffRole[] {
  const said = claimAt(claims, rolesClaim);
  const values = (Array.isArray(said) ? said : [said]).filter((value) => typeof value === "string");
  const named = new Set(values.flatMap((value): readonly string[] => roleMap?.get(value) ?? (roleMap ? [] : [value])));
  return STAFF_ROLES.filter((role) => named.has(role));
}

/** What the audit may call the person; null when the claims hold nothing that could be a name. */
export function nameOfClaims(claims: Claims, { nameClaim }: ClaimRules): string | null {
  const candidates = nameClaim === null ? ["preferred_username", "email", "sub"] : [nameClaim, "sub"];
  return candidates.map((candidate) => readName(claimAt(claims, candidate))).find((name) => name !== null) ?? null;
}

/** Whether the roles and a name can be read here, or have to be asked for elsewhere. */
export function saysEnough(claims: Claims, { rolesClaim, nameClaim }: ClaimRules): boolean {
  const said = [rolesClaim, nameClaim ?? "preferred_username"].map((claim) => claimAt(claims, claim));
  return said.every((value) => value !== undefined);
}

/** Names with dots in them are in use ("https://seller.example/roles"), so that the whole name goes before the path. */
function claimAt(claims: Claims, path: string): unknown {
  if (Object.hasOwn(claims, path)) return claims[path];
  return path.split(".").reduce<unknown>((at, step) => {
    return typeof at === "object" && at !== null ? Object.entries(at).find(([name]) => name === step)?.[1] : undefined;
  }, claims);
}

function readName(value: unknown): string | null {
  if (typeof value !== "string") return null;
  const name = value.normalize("NFC").trim();
  return name !== "" && name.length <= LONGEST_NAME && !/\p{C}/u.test(name) ? name : null;
}
