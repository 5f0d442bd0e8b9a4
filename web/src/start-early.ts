import type { AnyRoute } from "@tanstack/react-router";
import { queryClient } from "./api/query-client.ts";
import { sessionQuery } from "./api/session.ts";
import { router } from "./router.tsx";

/**
 * Asks who is signed in, and fetches the code of the page in the address, before anything is drawn: each would otherwise wait
 * for the one before it.
 */
export function startEarly(): void {
  void queryClient.prefetchQuery(sessionQuery);
  const routes: Readonly<Record<string, AnyRoute>> = router.routesById;
  for (const { routeId } of router.matchRoutes(router.latestLocation)) {
    const component: unknown = routes[String(routeId)]?.options.component;
    if (isLazy(component)) void component.preload();
  }
}

function isLazy(component: unknown): component is { preload(): Promise<unknown> } {
  return typeof component === "function" && "preload" in component;
}
