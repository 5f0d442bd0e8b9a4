import { Button } from "antd";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { FactList } from "../shell/fact-list.tsx";
import { Icon } from "../shell/icon.tsx";
import { ContractLink } from "../shell/thing-links.tsx";

interface RequestPendingProps {
  readonly number: string;
  /** What the contract waits for, in the server's words. */
  readonly sentence: string;
  readonly onClose: () => void;
}

/** Decided and numbered, but not issued before it has its timestamp: where it will be found, and that nothing is to be done. */
export function RequestPending({ number, sentence, onClose }: RequestPendingProps) {
  const { t } = useTranslation();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <div className="request-done">
      <Icon name="clock" size={44} />
      <h2 ref={heading} tabIndex={-1}>
        {t("request.waitingTitle")}
      </h2>
      <p className="soft">{sentence}</p>
      <FactList facts={[{ label: t("request.number"), value: <ContractLink number={number} onClick={onClose} /> }]} />
      <div className="dialog-actions">
        <Button type="primary" onClick={onClose}>
          {t("common.close")}
        </Button>
      </div>
    </div>
  );
}
