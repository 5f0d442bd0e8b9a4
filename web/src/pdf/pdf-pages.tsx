import { useQuery } from "@tanstack/react-query";
import type { PDFPageProxy } from "pdfjs-dist/legacy/build/pdf.mjs";
import { useEffect, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { fetchPdf } from "../api/pdf.ts";
import { ProblemPanel } from "../shell/problem-panel.tsx";
import "./pdf-pages.css";

type PdfPagesProps = {
  /** What it is, for who cannot see the pages. */
  readonly label: string;
} & (
  | {
      /** Of a PDF of our own. */
      readonly url: string;
    }
  | {
      /** One that the reader has chosen; it is not sent anywhere for this. */
      readonly file: File;
    }
);

/**
 * The pages of a PDF as pictures, drawn by the browser from the very file: no other rendering that could differ from it. What
 * draws them is loaded when the first is wanted.
 */
export function PdfPages({ label, ...source }: PdfPagesProps) {
  const { t } = useTranslation();
  // What is drawn is closed with the page that shows it, so that no two may have the same.
  const reader = useId();
  const pdf = useQuery({
    queryKey: ["pdf", reader, nameOf(source)],
    queryFn: ({ signal }) => read(source, signal),
    gcTime: 0,
    // It would be drawn again under whoever reads it.
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  const open = pdf.data;
  useEffect(() => () => open?.close(), [open]);
  return (
    <section className="pdf-pages" aria-label={label} aria-busy={pdf.isPending}>
      {pdf.isPending && (
        <p className="soft" role="status">
          {t("pdf.drawing")}
        </p>
      )}
      {pdf.error && "url" in source && <ProblemPanel error={pdf.error} onRetry={() => void pdf.refetch()} />}
      {pdf.error && "file" in source && (
        <p className="field-fault" role="alert">
          {t("pdf.unreadable")}
        </p>
      )}
      {open?.pages.map((page) => (
        <Page key={page.pageNumber} page={page} of={open.pages.length} />
      ))}
    </section>
  );
}

type Source = { readonly url: string } | { readonly file: File };

async function read(source: Source, signal: AbortSignal) {
  const reading = "url" in source ? fetchPdf(source.url, signal) : bytesOf(source.file);
  const [bytes, { openPdf }] = await Promise.all([reading, import("./draw-pdf.ts")]);
  return openPdf(bytes);
}

async function bytesOf(file: File): Promise<Uint8Array> {
  return new Uint8Array(await file.arrayBuffer());
}

function nameOf(source: Source): string {
  return "url" in source ? source.url : `${source.file.name} ${source.file.size} ${source.file.lastModified}`;
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
