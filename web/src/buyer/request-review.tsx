import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import { Skeleton } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { type Bill, billQuery } from "../api/bills.ts";
import type { Subject } from "../api/contracts.ts";
import { type Decision, type Issue, orderQuery } from "../api/orders.ts";
import { ProblemPanel } from "../shell/problem-panel.tsx";
import { BillSummary } from "./bill-summary.tsx";
import { FilledFromProfiles } from "./filled-from-profiles.tsx";
import { RefusalPanel } from "./refusal-panel.tsx";
import { RequestForm } from "./request-form.tsx";
import { RequestSummary } from "./request-summary.tsx";
import type { useRequestContract } from "./use-request-contract.ts";

interface RequestReviewProps {
  readonly subject: Subject;
  readonly requesting: ReturnType<typeof useRequestContract>;
  readonly onCancel: () => void;
}

/** What the contract will say, as it would be decided at this moment; or that it cannot be had any more. */
export function RequestReview(props: RequestReviewProps) {
  const { subject } = props;
  return subject.kind === "order" ? (
    <OrderReview {...props} order={subject.order} />
  ) : (
    <BillReview {...props} account={subject.account} cycle={subject.cycle} />
  );
}

function OrderReview({ order, ...props }: RequestReviewProps & { readonly order: string }) {
  const query = useQuery({ ...orderQuery(order), ...asDecidedNow(props) });
  return <Review {...props} query={query} summary={(read, issue) => <RequestSummary order={read} issue={issue} />} />;
}

function BillReview({ account, cycle, ...props }: RequestReviewProps & Pick<Bill, "account" | "cycle">) {
  const query = useQuery({ ...billQuery(account, cycle), ...asDecidedNow(props) });
  return <Review {...props} query={query} summary={(bill) => <BillSummary bill={bill} />} />;
}

/**
 * Read anew when the dialog opens, and left alone while the request is under way or granted: by then the subject has its contract, which
 * is no reason to tell that things have changed.
 */
function asDecidedNow({ requesting }: RequestReviewProps) {
  return { refetchOnMount: "always", enabled: !requesting.isPending && !requesting.isSuccess } as const;
}

interface ReviewProps<Read> extends RequestReviewProps {
  readonly query: UseQueryResult<Read>;
  readonly summary: (read: Read, issue: Issue) => ReactNode;
}

function Review<Read extends { readonly account: string; readonly decision: Decision }>(props: ReviewProps<Read>) {
  const { query, summary, subject, requesting, onCancel } = props;
  const { data, error, refetch, isFetchedAfterMount } = query;
  const { t } = useTranslation();
  if (error && !data) return <ProblemPanel error={error} onRetry={() => void refetch()} />;
  if (!data || !(isFetchedAfterMount || requesting.isPending)) {
    return (
      <div role="status" aria-label={t("request.checking")}>
        <Skeleton active paragraph={{ rows: 7 }} title={false} />
      </div>
    );
  }
  const { decision } = data;
  if (decision.kind === "refuse") {
    return <RefusalPanel title={t("request.noLonger")} refuse={decision} subject={subject} />;
  }
  return (
    <FilledFromProfiles account={data.account}>
      {(profiles) => (
        <RequestForm {...{ subject, profiles, requesting, onCancel }} account={data.account} issue={decision}>
          {summary(data, decision)}
        </RequestForm>
      )}
    </FilledFromProfiles>
  );
}
