// npm run gen: writes what is derived from the code: docs/openapi.json and the console's client from it, docs/schemas,
// and docs/clauses.md.
// The document is asked of the running product, so that it cannot say anything the product does not.
import { spawnSync } from "node:child_process";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { PUBLISHED_SCHEMAS, schemaText } from "../src/application/published-schemas.ts";
import { startService } from "../src/serve.ts";
import { clausePage } from "./clause-page.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const openapi = join(root, "docs/openapi.json");
const client = join(root, "web/src/api/schema.d.ts");

for (const [name, schema] of Object.entries(PUBLISHED_SCHEMAS)) {
  await writeFile(join(root, `docs/schemas/${name}.schema.json`), schemaText(schema));
}
await writeFile(join(root, "docs/clauses.md"), clausePage());
await writeFile(openapi, await describe());
const generator = createRequire(join(root, "web/package.json")).resolve("openapi-typescript/package.json");
const { status } = spawnSync(process.execPath, [join(dirname(generator), "bin/cli.js"), openapi, "-o", client], {
  stdio: "inherit",
});
process.exitCode = status ?? 1;

async function describe(): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), "orderseal-gen-"));
  // Under root the database runs as another user, who must be able to pass.
  await chmod(home, 0o711);
  const objects = join(home, "objects");
  const publicUrl = "http://127.0.0.1:4180";
  const environment = { home, host: "127.0.0.1", port: 0, publicUrl, databaseUrl: null, objects, timestampUrl: null };
  const running = await startService(
    {
      ...environment,
      webhookNetworks: [],
      demo: true,
      oidc: null,
      isLocal: true,
      embedOrigins: [],
      trustedProxies: [],
      requestsPerMinute: 0,
      masterKeys: [],
      retention: { evidence: null, webhookDeliveries: null },
    },
    () => {},
  );
  try {
    const document: unknown = await (await fetch(`${running.url}/openapi.json`)).json();
    return `${JSON.stringify(document, null, 2)}\n`;
  } finally {
    await running.stop();
    await rm(home, { recursive: true, force: true });
  }
}
