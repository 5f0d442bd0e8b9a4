import type { WebhookQueue } from "./application/webhook-books.ts";
import { isFarBehind } from "./application/webhook-trouble.ts";
import type { Check } from "./cli/installation.ts";
import type { Language } from "./domain/localized.ts";
import { type Instant, isoOf } from "./domain/time.ts";

/** Whether events reach all who subscribed: which endpoints have dead letters, a long backlog, or were disabled by a 410. */
export async function diagnoseWebhooks(
  { webhooks }: { readonly webhooks: WebhookQueue },
  at: Instant,
  language: Language,
): Promise<Check> {
  const name = "webhooks";
  const say = (zh: string, en: string) => (language === "zh-CN" ? zh : en);
  const endpoints = await webhooks.listEndpoints();
  if (endpoints.length === 0) return { name, ok: true, detail: say("未设置回调端点", "there are no endpoints") };
  const troubles = endpoints.flatMap((shown) => {
    const { endpoint, dead, pending, pendingSince } = shown;
    const { origin } = new URL(endpoint.url);
    const found = [
      ...(endpoint.disabled === "gone" ? [say("端点返回 410，已停用", "answered 410 and is disabled")] : []),
      ...(dead > 0 ? [say(`${dead} 个事件已放弃推送`, `${dead} dead`)] : []),
      ...(pendingSince !== null && isFarBehind(shown, at)
        ? [
            say(
              `${pending} 个事件待推送，最早自 ${isoOf(pendingSince)} 起`,
              `${pending} pending since ${isoOf(pendingSince)}`,
            ),
          ]
        : []),
    ];
    return found.length === 0 ? [] : [`${endpoint.id} (${origin}): ${found.join(", ")}`];
  });
  if (troubles.length > 0) return { name, ok: false, detail: troubles.join("; ") };
  const detail = say(`${endpoints.length} 个回调端点，均正常`, `${endpoints.length} endpoints, none in trouble`);
  return { name, ok: true, detail };
}
