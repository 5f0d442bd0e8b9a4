// A node that sends webhooks and does nothing else, in a process that can be killed. DATABASE_URL names its database.
import { NO_FAULTS } from "../../src/application/fault-points.ts";
import { instantOf } from "../../src/domain/time.ts";
import { openHttpWebhookSender } from "../../src/jobs/webhooks/http-webhook-sender.ts";
import { systemResolver } from "../../src/jobs/webhooks/system-resolver.ts";
import { startWebhookLanes } from "../../src/jobs/webhooks/webhook-lanes.ts";
import { openDatabase } from "../../src/store/database.ts";
import { openLedger } from "../../src/store/ledger.ts";
import { openWebhookQueue } from "../../src/store/webhook-queue.ts";

const database = openDatabase({ connectionString: process.env.DATABASE_URL ?? "" });
const clock = { now: () => instantOf(Date.now()) };
const networks = [{ address: "127.0.0.0", prefix: 8 }];
startWebhookLanes(
  {
    clock,
    ledger: openLedger(database),
    webhooks: openWebhookQueue(database),
    sender: openHttpWebhookSender({ clock, networks, resolve: systemResolver, faults: NO_FAULTS }),
    random: Math.random,
  },
  (error) => console.error(error),
);
