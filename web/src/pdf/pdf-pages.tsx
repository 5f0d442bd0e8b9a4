interface PdfPagesProps {
  /** Of our own API. */
  readonly url: string;
  readonly label: string;
}

/** A stand-in until the pages themselves are drawn here. */
export function PdfPages({ url, label }: PdfPagesProps) {
  return (
    <p>
      <a href={url} target="_blank" rel="noreferrer">
        {label}
      </a>
    </p>
  );
}
