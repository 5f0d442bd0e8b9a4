import { useRouter } from "@tanstack/react-router";
import { ProblemError } from "../api/problem-error.ts";
import { BrokenPage } from "./broken-page.tsx";
import { Frame } from "./frame.tsx";
import { ProblemPanel } from "./problem-panel.tsx";

/** Who is signed in could not be found out: say why, and ask again on demand. Any other error is a bug. */
export function UnreachablePage({ error }: { error: unknown }) {
  const router = useRouter();
  if (!(error instanceof ProblemError)) return <BrokenPage />;
  return (
    <Frame>
      <ProblemPanel error={error} onRetry={() => void router.invalidate()} />
    </Frame>
  );
}
