// npm run dev: the service from its sources with reload on port 4180, and the console through Vite with hot reload.
// Nothing else needs to run. Ctrl-C ends both.
import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const vite = join(dirname(createRequire(join(root, "web/package.json")).resolve("vite/package.json")), "bin/vite.js");
const tsx = join(dirname(createRequire(import.meta.url).resolve("tsx/package.json")), "dist/cli.mjs");

const children = [
  start([tsx, "watch", "--clear-screen=false", "src/main.ts", "serve"]),
  start([vite, "web", "--host", "127.0.0.1"]),
];
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, stop);
for (const child of children) child.on("exit", stop);

function start(args) {
  return spawn(process.execPath, args, { cwd: root, stdio: "inherit" });
}

function stop() {
  for (const child of children) child.kill("SIGTERM");
}
