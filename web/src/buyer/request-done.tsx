import { Button } from "antd";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Contract } from "../api/contracts.ts";
import { contractPdfUrl } from "../paths.ts";
import { FactList } from "../shell/fact-list.tsx";
import { Icon } from "../shell/icon.tsx";
import { SealLogo } from "../shell/seal-logo.tsx";
import { StandingTag } from "../shell/standing-tag.tsx";

/** The sealed contract, ready to take away. */
export function RequestDone({ contract, onClose }: { contract: Contract; onClose: () => void }) {
  const { t } = useTranslation();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const { number, sha256 } = contract;
  return (
    <div className="request-done">
      <div className="stamp">
        <SealLogo size={76} />
      </div>
      <h2 ref={heading} tabIndex={-1}>
        {t("request.doneTitle")}
      </h2>
      <p className="soft">{t("request.doneText")}</p>
      <FactList
        facts={[
          { label: t("request.number"), value: <strong className="code">{number}</strong> },
          { label: t("request.standing"), value: <StandingTag contract={contract} /> },
          ...(sha256 === null
            ? []
            : [{ label: t("request.fingerprint"), value: <span className="code wrap">{sha256}</span> }]),
        ]}
      />
      <div className="dialog-actions">
        <Button onClick={onClose}>{t("common.close")}</Button>
        <Button icon={<Icon name="open" />} href={contractPdfUrl(number)} target="_blank" rel="noopener">
          {t("request.open")}
        </Button>
        <Button type="primary" icon={<Icon name="download" />} href={contractPdfUrl(number)} download={`${number}.pdf`}>
          {t("request.download")}
        </Button>
      </div>
    </div>
  );
}
