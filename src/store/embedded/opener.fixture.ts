/**
 * A process of its own that opens the database, for the tests: prints one JSON line with what it got, then holds the
 * database until a line on its input tells it to close, and prints "closed". Arguments: the options as JSON.
 */
import { createInterface } from "node:readline";
import type { EmbeddedPostgresOptions } from "./launcher.ts";
import { openEmbeddedPostgres } from "./launcher.ts";

const options: EmbeddedPostgresOptions = JSON.parse(process.argv[2] ?? "");
const opened = await openEmbeddedPostgres(options);
console.log(JSON.stringify({ started: opened.started, connection: opened.connection }));
for await (const _ of createInterface({ input: process.stdin })) break;
await opened.close();
console.log("closed");
process.exit();
