import { useEffect, useState } from "react";

/** Where somebody without a pointer goes on when what they had pressed is gone: its row, its part of the page. */
const PLACES = "tr, li, section";

/**
 * Of a dialog: when it is closed, the focus goes back to what opened it; where that is gone, as the button of a request is that was
 * granted, to what stands in its place, so that nobody begins again at the top of the page (WCAG 2.2, 2.4.3).
 */
export function useFocusBack(): void {
  const [opener] = useState(() => document.activeElement);
  useEffect(() => {
    const place = opener?.closest(PLACES) ?? null;
    return () => {
      // When the dialog has gone and has given the focus back by itself, if it could.
      setTimeout(() => {
        if (document.activeElement !== document.body) return;
        const next = place?.isConnected ? place.querySelector<HTMLElement>("a[href], button:enabled") : null;
        (next ?? document.getElementById("main"))?.focus();
      }, 0);
    };
  }, [opener]);
}
