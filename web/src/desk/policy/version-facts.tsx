import { useQuery } from "@tanstack/react-query";
import { policyVersionQuery } from "../../api/policy.ts";
import { ProblemPanel } from "../../shell/problem-panel.tsx";
import { MadeBy } from "./made-by.tsx";

/** Who drafted and published a version, and when. */
export function VersionFacts({ version }: { version: number }) {
  const { data, error, refetch } = useQuery(policyVersionQuery(String(version)));
  if (error) return <ProblemPanel error={error} onRetry={() => void refetch()} />;
  return data ? <MadeBy published={data} /> : null;
}
