// npm run verify:torture [-- --only NAME] [--quick] [--scale 0.1] [--seed N]: whatever can be done to a file, counted.
import { parseArgs } from "node:util";
import { PARTS } from "./parts.ts";

const QUICK_SCALE = 0.01;

const { values } = parseArgs({
  options: {
    only: { type: "string" },
    quick: { type: "boolean", default: false },
    scale: { type: "string" },
    seed: { type: "string" },
  },
});
const scale = Number(values.scale ?? (values.quick ? QUICK_SCALE : "1"));
const seed = Number(values.seed ?? "20261129");
const wanted = PARTS.filter(({ name }) => values.only === undefined || values.only.split(",").includes(name));
if (wanted.length === 0 || !(scale > 0 && scale <= 1) || !Number.isInteger(seed)) {
  console.error(
    `--only takes ${PARTS.map(({ name }) => name).join(", ")}; --scale a number above 0, at most 1; --seed a whole one.`,
  );
  process.exit(2);
}

let failed = 0;
for (const part of wanted) {
  console.log(`\n${part.name}: ${part.promise} (scale ${scale}, seed ${seed})`);
  const started = performance.now();
  const print = (line: string) => console.log(`  ${line}`);
  const { figures, failures } = await part.run({ scale, seed, print });
  for (const [what, figure] of Object.entries(figures)) print(`${what}: ${figure}`);
  print(`took ${((performance.now() - started) / 1000).toFixed(1)} s`);
  for (const failure of failures) print(`BROKEN: ${failure}`);
  failed += failures.length;
}
console.log(failed === 0 ? "\nEvery promise held." : `\n${failed} promises were broken.`);
process.exit(failed === 0 ? 0 : 1);
