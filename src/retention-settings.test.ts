import { expect, test } from "vitest";
import { readRetentionSettings } from "./retention-settings.ts";

function read(text?: string) {
  return readRetentionSettings({ ORDERSEAL_RETENTION: text });
}

test.each([
  [undefined, { evidence: null, webhookDeliveries: 365 }],
  ["", { evidence: null, webhookDeliveries: 365 }],
  ["evidence=1825d", { evidence: 1825, webhookDeliveries: 365 }],
  [" evidence = 1825d , webhook-deliveries=keep,", { evidence: 1825, webhookDeliveries: null }],
])("%j keeps %j days", (text, retention) => {
  expect(read(text)).toEqual({ ok: true, value: { retention } });
});

test.each(["evidence", "evidence=", "evidence=0d", "evidence=5", "evidence=5y", "contracts=10d", "constructor=1d"])(
  "%s stops the start with one sentence that names the setting and the way out",
  (text) => {
    expect(read(text)).toEqual({
      ok: false,
      fault: expect.stringMatching(/^ORDERSEAL_RETENTION must name .* such as "evidence=1825d,.*; ".*" does not\.$/),
    });
  },
);
