import { Button } from "antd";
import { lazy, Suspense, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { RequestDetails, Subject } from "../api/contracts.ts";
import { previewPdfUrl } from "../paths.ts";
import { Icon } from "../shell/icon.tsx";
import { PreviewLink } from "./preview-link.tsx";
import "./preview-pages.css";

const PdfPages = lazy(async () => ({ default: (await import("../pdf/pdf-pages.tsx")).PdfPages }));
/** Who is still writing wants no page drawn for every letter. */
const SETTLED_AFTER_MS = 700;

interface PreviewPagesProps {
  readonly subject: Subject;
  readonly choices: RequestDetails;
  /** Once the contract is asked for, nothing is drawn anew: there may be no preview of it any more. */
  readonly isAsked: boolean;
}

/** The pages of the contract as it would be issued with what is chosen at the moment: unsealed, watermarked, kept nowhere (R21). */
export function PreviewPages({ subject, choices, isAsked }: PreviewPagesProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const settled = useSettled(choices, isAsked);
  return (
    <section className="preview-part" aria-label={t("request.preview")}>
      <div className="preview-actions">
        <Button aria-expanded={open} icon={<Icon name="eye" />} onClick={() => setOpen(!open)}>
          {t(open ? "request.hidePages" : "request.preview")}
        </Button>
        <PreviewLink subject={subject} choices={choices} text={t("request.previewOpen")} />
      </div>
      {open && (
        <Suspense fallback={null}>
          <PdfPages url={previewPdfUrl(subject, settled)} label={t("request.previewPages")} />
        </Suspense>
      )}
    </section>
  );
}

function useSettled(choices: RequestDetails, isAsked: boolean): RequestDetails {
  const [settled, setSettled] = useState(choices);
  useEffect(() => {
    if (isAsked) return;
    const timer = setTimeout(() => setSettled(choices), SETTLED_AFTER_MS);
    return () => clearTimeout(timer);
  }, [choices, isAsked]);
  return settled;
}
