import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { contractPdfUrl } from "../paths.ts";
import { Icon } from "../shell/icon.tsx";

interface DownloadLinkProps {
  readonly number: string;
  readonly size?: "small" | "middle";
  /** What the page is for. */
  readonly primary?: boolean;
}

/** Saves the sealed file under its number. */
export function DownloadLink({ number, size = "middle", primary = false }: DownloadLinkProps) {
  const { t } = useTranslation();
  return (
    <Button
      size={size}
      type={primary ? "primary" : "default"}
      icon={<Icon name="download" size={15} />}
      href={contractPdfUrl(number)}
      download={`${number}.pdf`}
      aria-label={t("orders.downloadFor", { number })}
    >
      {t("orders.download")}
    </Button>
  );
}
