import type { SellerId } from "../domain/identifiers.ts";
import type { Localized } from "../domain/localized.ts";
import { type Instant, instantOf, isoOf } from "../domain/time.ts";
import { coveredUntil, useBegins, useEnds, wholeSecond } from "./key-choice.ts";
import type { ReadKey } from "./key-folder.ts";
import { usable } from "./key-ring.ts";

const DAY_MS = 86_400_000;
/** An authority may take weeks over a certificate: that much time is left when the alarm begins. */
const ALARM_DAYS = 30;

/** Whether a seller can go on sealing for a while, and in one sentence what to do where not. */
export interface SealingForecast {
  readonly ok: boolean;
  readonly sentence: Localized;
}

/** Until when the seller's keys, one after the other, leave no instant without one. */
export function sealingForecast(seller: SellerId, keys: readonly ReadKey[], at: Instant): SealingForecast {
  const periods = keys.flatMap(usable).map(({ period }) => period);
  const end = coveredUntil(periods, at);
  const way = wayOut(seller);
  if (end === at) return { ok: false, sentence: cannotSeal(seller, keys, at, way) };
  const days = Math.floor((end - at) / DAY_MS);
  const until = isoOf(wholeSecond(end));
  if (days >= ALARM_DAYS) {
    return {
      ok: true,
      sentence: text(`密钥可用至 ${until}（还有 ${days} 天）`, `can seal until ${until}, ${days} days from now`),
    };
  }
  const next = Math.min(...periods.map(useBegins).filter((begins) => begins > end));
  if (next !== Number.POSITIVE_INFINITY) {
    const begins = isoOf(instantOf(next));
    return {
      ok: false,
      sentence: text(
        `${seller} 的密钥将于 ${until}（${days} 天后）到期，后续密钥至 ${begins} 才启用，其间无法签章；请提前其 from，或${way["zh-CN"]}。`,
        `${seller} can seal until ${until}, ${days} days from now, and then not before ${begins}; let the successor begin earlier (from in its key.json), or ${way.en}.`,
      ),
    };
  }
  return {
    ok: false,
    sentence: text(
      `${seller} 的密钥将于 ${until}（${days} 天后）到期，尚无后续密钥；请${way["zh-CN"]}。`,
      `${seller} can seal until ${until}, ${days} days from now, and has no successor for its key; ${way.en}.`,
    ),
  };
}

function cannotSeal(seller: SellerId, keys: readonly ReadKey[], at: Instant, way: Localized): Localized {
  const ended = keys
    .flatMap(({ name, certificate }) => (certificate ? [{ name, end: useEnds(certificate.period) }] : []))
    .filter(({ end }) => end <= at)
    .toSorted((left, right) => right.end - left.end)[0];
  if (!ended) {
    return text(
      `${seller} 目前没有可用的签章密钥，无法签章；请${way["zh-CN"]}。`,
      `${seller} cannot seal: none of its keys can be used now; ${way.en}.`,
    );
  }
  const end = isoOf(wholeSecond(ended.end));
  return text(
    `${seller} 的密钥 ${ended.name} 已于 ${end} 到期，无法签章；请${way["zh-CN"]}。`,
    `${seller} cannot seal: its key ${ended.name} ended on ${end}; ${way.en}.`,
  );
}

function wayOut(seller: SellerId): Localized {
  return text(
    `执行 orderseal keys request --seller ${seller}，取得证书后执行 orderseal keys install`,
    `run orderseal keys request --seller ${seller}, and orderseal keys install when the certificate is there`,
  );
}

function text(zh: string, en: string): Localized {
  return { "zh-CN": zh, en };
}
