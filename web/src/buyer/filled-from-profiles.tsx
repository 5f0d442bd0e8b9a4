import { Skeleton } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { ContactProfile } from "../api/company.ts";
import { problemOf } from "../api/problem-error.ts";
import { useContactProfiles } from "./use-contact-profiles.ts";

interface FilledFromProfilesProps {
  /** Whose profiles; null where there is no one account. */
  readonly account: string | null;
  readonly children: (profiles: readonly ContactProfile[]) => ReactNode;
}

/** A form that begins with the default profile waits for it; where profiles cannot be read, it is filled in by hand. */
export function FilledFromProfiles({ account, children }: FilledFromProfilesProps) {
  const { t } = useTranslation();
  const { data, error, isFetchedAfterMount, isEnabled } = useContactProfiles(account);
  if (isEnabled && !isFetchedAfterMount) {
    return (
      <div role="status" aria-label={t("common.loading")}>
        <Skeleton active paragraph={{ rows: 7 }} title={false} />
      </div>
    );
  }
  return (
    <>
      {error && (
        <p className="notice-line" role="note">
          {t("company.fill.unreadable", { reason: problemOf(error)?.detail ?? t("error.unreachableText") })}
        </p>
      )}
      {children(data ?? [])}
    </>
  );
}
