import { createRootRoute, Outlet } from "@tanstack/react-router";
import { BrokenPage } from "./shell/broken-page.tsx";
import { NotFoundPage } from "./shell/not-found-page.tsx";

/** Above every page. */
export const root = createRootRoute({ component: Outlet, notFoundComponent: NotFoundPage, errorComponent: BrokenPage });
