import { sql } from "kysely";
import type { Check } from "./cli/installation.ts";
import type { Language } from "./domain/localized.ts";
import type { Database } from "./store/database.ts";

/** Whether row-level security holds for the role that the service connects as: a superuser passes by every wall. */
export async function diagnoseWalls({ database }: { readonly database: Database }, language: Language): Promise<Check> {
  const { rows } = await sql<{ name: string; passes: boolean }>`
    SELECT rolname AS name, rolsuper OR rolbypassrls AS passes FROM pg_roles WHERE rolname = current_user`.execute(
    database,
  );
  const { name, passes } = rows[0] ?? { name: "", passes: true };
  const said = passes
    ? {
        "zh-CN": `数据库角色 ${name} 是超级用户或可绕过行级安全，账号之间的第二道隔离不起作用；请改用普通角色并使其拥有该数据库`,
        en: `the database role ${name} is a superuser or has BYPASSRLS, so that the second wall between accounts does not hold; connect as a plain role that owns the database`,
      }
    : { "zh-CN": `行级安全对角色 ${name} 生效`, en: `row-level security holds for the role ${name}` };
  return { name: "walls", ok: !passes, detail: said[language] };
}
