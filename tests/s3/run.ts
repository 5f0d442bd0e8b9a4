// npm run test:s3: the tests that want a real S3 server, on OpenStack Swift with its S3 interface, as Debian packages it.
// Starts a throw-away one on loopback, and removes it again.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readS3Location } from "../../src/s3-location.ts";
import { strangerIn } from "./promised-bucket.ts";
import { isSwiftInstalled, startThrowAwaySwift } from "./throw-away-swift.ts";

const BUCKET = "s3://orderseal-tests/some/prefix";

if (!isSwiftInstalled()) {
  console.error(
    "No Swift in /usr/bin; install Debian's packages swift-proxy, swift-account, swift-container, swift-object.",
  );
  process.exit(1);
}
const swift = await startThrowAwaySwift();
try {
  const location = readS3Location(BUCKET, swift.variables);
  if (!location.ok) throw new Error(location.fault);
  await strangerIn(location.value).makeBucket();
  const suites = process.argv.length > 2 ? process.argv.slice(2) : ["tests/s3"];
  console.log(`Swift ${swift.version}: ${suites.join(" ")}`);
  const env = { ...process.env, ...swift.variables, ORDERSEAL_TEST_S3: BUCKET };
  const [status] = await once(spawn("npx", ["vitest", "run", ...suites], { stdio: "inherit", env }), "exit");
  process.exitCode = typeof status === "number" ? status : 1;
} finally {
  await swift.close();
}
