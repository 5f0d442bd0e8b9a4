import { describe, expect, test } from "vitest";
import { type ClaimRules, nameOfClaims, rolesOfClaims, saysEnough } from "./staff-claims.ts";

const PLAIN: ClaimRules = { rolesClaim: "roles", roleMap: null, nameClaim: null };
const MAPPED: ClaimRules = {
  ...PLAIN,
  roleMap: new Map([
    ["合同组", ["contract_desk", "policy_author"]],
    ["audit", ["auditor"]],
  ]),
};

describe("roles", () => {
  test.each([
    ["an array of our roles' names", { roles: ["auditor", "contract_desk"] }, ["contract_desk", "auditor"]],
    ["one of them", { roles: "auditor" }, ["auditor"]],
    ["names of no role, and what is no text", { roles: ["root", 1, null, ["auditor"], "auditor"] }, ["auditor"]],
    ["a buyer's role", { roles: ["buyer_requester"] }, []],
    ["nothing", {}, []],
    ["an object", { roles: { auditor: true } }, []],
    ["several in one text, which is none of them", { roles: "auditor contract_desk" }, []],
  ])("%s", (_, claims, roles) => {
    expect(rolesOfClaims(claims, PLAIN)).toEqual(roles);
  });

  test("by the seller's own names once there is a map, and by no others", () => {
    const roles = rolesOfClaims({ roles: ["合同组", "audit", "administrator", "x"] }, MAPPED);
    expect(roles).toEqual(["contract_desk", "policy_author", "auditor"]);
  });

  test("from within another claim, or from one with dots in its name", () => {
    const inside = { ...PLAIN, rolesClaim: "realm_access.roles" };
    expect(rolesOfClaims({ realm_access: { roles: ["auditor"] } }, inside)).toEqual(["auditor"]);
    expect(rolesOfClaims({ realm_access: "auditor" }, inside)).toEqual([]);
    const dotted = { ...PLAIN, rolesClaim: "https://seller.example/roles" };
    expect(rolesOfClaims({ "https://seller.example/roles": ["auditor"] }, dotted)).toEqual(["auditor"]);
    expect(rolesOfClaims({}, { ...PLAIN, rolesClaim: "constructor.name" })).toEqual([]);
  });
});

describe("the name", () => {
  test.each([
    ["the user name first", { preferred_username: "anna", email: "a@seller.example", sub: "1" }, "anna"],
    ["then the address", { email: "a@seller.example", sub: "1" }, "a@seller.example"],
    ["then the subject", { sub: "1" }, "1"],
    [
      "never one that is empty, endless, or hides something",
      { preferred_username: " ", email: "a\u202eb", sub: "1" },
      "1",
    ],
    ["composed, and without the blanks around it", { preferred_username: " E\u0301va ", sub: "1" }, "Éva"],
    ["nothing to be called by", { preferred_username: 7 }, null],
  ])("%s", (_, claims, name) => {
    expect(nameOfClaims(claims, PLAIN)).toBe(name);
  });

  test("by a claim of the seller's choice, else by the subject", () => {
    const rules = { ...PLAIN, nameClaim: "employee.number" };
    expect(nameOfClaims({ employee: { number: "E7" }, preferred_username: "anna", sub: "1" }, rules)).toBe("E7");
    expect(nameOfClaims({ preferred_username: "anna", sub: "1" }, rules)).toBe("1");
  });
});

test("claims say enough when roles and name are among them", () => {
  expect(saysEnough({ roles: [], preferred_username: "anna" }, PLAIN)).toBe(true);
  expect(saysEnough({ preferred_username: "anna" }, PLAIN)).toBe(false);
  expect(saysEnough({ roles: [], email: "a@seller.example" }, PLAIN)).toBe(false);
});
