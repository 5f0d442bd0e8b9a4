import { useQuery } from "@tanstack/react-query";
import type { PDFPageProxy } from "pdfjs-dist/legacy/build/pdf.mjs";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { fetchPdf } from "../api/pdf.ts";
import { ProblemPanel } from "../shell/problem-panel.tsx";
import "./pdf-pages.css";

interface PdfPagesProps {
  /** Of a PDF of our own. */
  readonly url: string;
  /** What it is, for who cannot see the pages. */
  readonly label: string;
}

/**
 * The pages of a PDF as pictures, drawn by the browser from the very file: no other rendering that could differ from it. What
 * draws them is loaded when the first is wanted.
 */
export function PdfPages({ url, label }: PdfPagesProps) {
  const { t } = useTranslation();
  const pdf = useQuery({ queryKey: ["pdf", url], queryFn: ({ signal }) => read(url, signal), gcTime: 0, retry: false });
  const open = pdf.data;
  useEffect(() => () => open?.close(), [open]);
  return (
    <section className="pdf-pages" aria-label={label} aria-busy={pdf.isPending}>
      {pdf.isPending && (
        <p className="soft" role="status">
          {t("pdf.drawing")}
        </p>
      )}
      {pdf.error && <ProblemPanel error={pdf.error} onRetry={() => void pdf.refetch()} />}
      {open?.pages.map((page) => (
        <Page key={page.pageNumber} page={page} of={open.pages.length} />
      ))}
    </section>
  );
}

async function read(url: string, signal: AbortSignal) {
  const [bytes, { openPdf }] = await Promise.all([fetchPdf(url, signal), import("./draw-pdf.ts")]);
  return openPdf(bytes);
}

function Page({ page, of }: { page: PDFPageProxy; of: number }) {
  const { t } = useTranslation();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [drawn, setDrawn] = useState(false);
  useEffect(() => {
    let stop = () => {};
    let gone = false;
    void import("./draw-pdf.ts").then(({ drawPage }) => {
      if (gone || !canvas.current) return;
      const drawing = drawPage(page, canvas.current);
      stop = drawing.stop;
      void drawing.done.then(() => setDrawn(!gone));
    });
    return () => {
      gone = true;
      stop();
    };
  }, [page]);
  const { width, height } = page.getViewport({ scale: 1 });
  const number = t("pdf.page", { page: page.pageNumber, of });
  return (
    <figure className="pdf-page">
      <canvas
        ref={canvas}
        role="img"
        aria-label={number}
        data-drawn={drawn}
        style={{ aspectRatio: `${width} / ${height}` }}
      />
      <figcaption className="soft small" aria-hidden="true">
        {number}
      </figcaption>
    </figure>
  );
}
