/** As the API takes it. */
const LARGEST_BYTES = 10 * 1024 * 1024;

/** What can be told of a file before it is sent; the service looks inside. */
export function faultOfPdf({ type, name, size }: File): "notPdf" | "tooLarge" | null {
  const isPdf = type === "application/pdf" || name.toLowerCase().endsWith(".pdf");
  if (!isPdf) return "notPdf";
  return size > LARGEST_BYTES ? "tooLarge" : null;
}
