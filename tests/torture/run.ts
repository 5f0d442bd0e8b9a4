// npm run torture [-- --only NAME] [--scale 0.1] [--seed N]: the long runs, one after the other; prints what each counted.
import { parseArgs } from "node:util";
import { openTorturePostgres } from "./torture-postgres.ts";
import { TORTURES } from "./tortures.ts";

const { values } = parseArgs({
  options: { only: { type: "string" }, scale: { type: "string" }, seed: { type: "string" } },
});
const scale = Number(values.scale ?? "1");
const seed = Number(values.seed ?? "20261128");
const wanted = TORTURES.filter(({ name }) => values.only === undefined || values.only.split(",").includes(name));
if (wanted.length === 0 || !(scale > 0) || !Number.isInteger(seed)) {
  console.error(
    `--only takes ${TORTURES.map(({ name }) => name).join(", ")}; --scale a number above 0; --seed a whole one.`,
  );
  process.exit(2);
}

const postgres = await openTorturePostgres();
let failed = 0;
try {
  for (const torture of wanted) {
    console.log(`\n${torture.name}: ${torture.promise} (scale ${scale}, seed ${seed})`);
    const started = performance.now();
    const print = (line: string) => console.log(`  ${line}`);
    const { figures, failures } = await torture.run({ newDatabase: postgres.newDatabase, scale, seed, print });
    for (const [what, figure] of Object.entries(figures)) print(`${what}: ${figure}`);
    print(`took ${((performance.now() - started) / 1000).toFixed(1)} s`);
    for (const failure of failures) print(`BROKEN: ${failure}`);
    failed += failures.length;
  }
} finally {
  await postgres.close();
}
console.log(failed === 0 ? "\nEvery promise held." : `\n${failed} promises were broken.`);
process.exitCode = failed === 0 ? 0 : 1;
