import { fail, type Result, succeed } from "./domain/result.ts";
import { readNetworks } from "./jobs/webhooks/network.ts";
import { readMasterKeys } from "./store/master-key.ts";

/** What the operator set about who may come in, and how often. */
export interface AccessSettings {
  /** Whose pages may show the console in a frame: "https://shop.example.com". */
  readonly embedOrigins: readonly string[];
  /** Networks of proxies before the service, in CIDR notation. */
  readonly trustedProxies: readonly string[];
  /** Of one caller; 0: not counted. */
  readonly requestsPerMinute: number;
  /** The current one first; none: that of a file in `home`. */
  readonly masterKeys: readonly Buffer[];
}

const DEFAULT_REQUESTS_PER_MINUTE = "1200";

export function readAccessSettings(
  variables: Readonly<Record<string, string | undefined>>,
  publicUrl: string,
): Result<AccessSettings, string> {
  const embedOrigins = (variables.ORDERSEAL_EMBED_ORIGINS ?? "").split(/[\s,]+/).filter((origin) => origin !== "");
  const unfit = embedOrigins.find((origin) => !isOrigin(origin));
  if (unfit !== undefined) {
    return fail(
      `ORDERSEAL_EMBED_ORIGINS must be https origins without a path, with commas between them, such as "https://shop.example.com"; "${unfit.slice(0, 80)}" is none.`,
    );
  }
  if (embedOrigins.length > 0 && !publicUrl.startsWith("https://")) {
    return fail(
      "ORDERSEAL_EMBED_ORIGINS needs an ORDERSEAL_PUBLIC_URL with https: browsers keep no cookie of a frame without it.",
    );
  }
  const proxies = readNetworks(variables.ORDERSEAL_TRUSTED_PROXIES ?? "");
  if (!proxies.ok) {
    return fail(
      `ORDERSEAL_TRUSTED_PROXIES must be networks in CIDR notation with commas between them, such as "10.1.0.0/16,fd00::/8"; "${proxies.fault}" is none.`,
    );
  }
  const limit = variables.ORDERSEAL_RATE_LIMIT || DEFAULT_REQUESTS_PER_MINUTE;
  if (!/^\d{1,7}$/.test(limit)) {
    return fail(
      `ORDERSEAL_RATE_LIMIT must be requests per minute of one caller, 0 for no limit, not "${limit.slice(0, 80)}".`,
    );
  }
  const masterKeys = readMasterKeys(variables.ORDERSEAL_MASTER_KEY ?? "");
  // The value is a secret, and would stand in the log.
  if (masterKeys === null) {
    return fail(
      'ORDERSEAL_MASTER_KEY must be 32 bytes in base64 (made by "openssl rand -base64 32"), former ones behind it with commas.',
    );
  }
  const trustedProxies = proxies.value.map(({ address, prefix }) => `${address}/${prefix}`);
  return succeed({ embedOrigins, trustedProxies, requestsPerMinute: Number(limit), masterKeys });
}

/** As a browser writes it into Origin; anything else would never match. */
function isOrigin(text: string): boolean {
  return URL.canParse(text) && new URL(text).protocol === "https:" && new URL(text).origin === text;
}
