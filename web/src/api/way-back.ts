/** The seller's own page that a buyer came from. */
export interface WayBack {
  readonly url: string;
  /** As it is shown: whose page that is. */
  readonly host: string;
}

const STORAGE_KEY = "orderseal.return-url";

let lasting: string | null = null;

/**
 * Kept for when the session is over, since nobody else knows then whom it was for. Of this tab alone, so that one seller's
 * buyer is never sent to another's; null when whoever has signed in came by no link.
 */
export function rememberWayBack(url: string | null): void {
  lasting = url;
  try {
    if (url === null) sessionStorage.removeItem(STORAGE_KEY);
    else sessionStorage.setItem(STORAGE_KEY, url);
  } catch {
    // Storage can be switched off; the way back is then known as long as the page lasts.
  }
}

/** Where whoever was last signed in here came from. */
export function rememberedWayBack(): WayBack | null {
  return wayBackTo(lasting ?? stored());
}

/** Null for an address that no link of ours may lead to. */
export function wayBackTo(url: string | null): WayBack | null {
  if (url === null || !URL.canParse(url)) return null;
  const { protocol, host } = new URL(url);
  return protocol === "https:" || protocol === "http:" ? { url, host } : null;
}

function stored(): string | null {
  try {
    return sessionStorage.getItem(STORAGE_KEY);
  } catch {
    return null;
  }
}
