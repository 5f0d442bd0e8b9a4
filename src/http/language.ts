import type { FastifyRequest } from "fastify";
import type { Language } from "../domain/localized.ts";

/** The reader's language by Accept-Language (RFC 9110, section 12.5.4): Chinese in any form, or else English. */
export function languageOf(request: FastifyRequest): Language {
  const preferences = (request.headers["accept-language"] ?? "")
    .split(",")
    .map((part) => {
      const [tag = "", ...parameters] = part.trim().toLowerCase().split(";");
      const quality = parameters.map((text) => /^\s*q=([\d.]+)$/.exec(text)?.[1]).find((text) => text !== undefined);
      return { tag, quality: quality === undefined ? 1 : Number(quality) };
    })
    .filter(({ tag, quality }) => quality > 0 && /^(zh|en)\b/.test(tag))
    .sort((left, right) => right.quality - left.quality);
  return preferences[0]?.tag.startsWith("zh") ? "zh-CN" : "en";
}
