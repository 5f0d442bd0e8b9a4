import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Modal, Skeleton } from "antd";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { BILLS_KEY } from "../../api/bills.ts";
import { CONTRACTS_KEY, type Contract } from "../../api/contracts.ts";
import { ORDERS_KEY } from "../../api/orders.ts";
import { PROPOSALS_KEY } from "../../api/proposals.ts";
import { voidContract, voidingRulesQuery } from "../../api/voiding.ts";
import { amountText } from "../../format/amount.ts";
import type { Language } from "../../i18n/languages.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { MessageField } from "../../shell/message-field.tsx";
import { ProblemPanel } from "../../shell/problem-panel.tsx";
import { useFocusBack } from "../../shell/use-focus-back.ts";
import { useOnce } from "../../shell/use-once.ts";
import "../../shell/dialog.css";

/** Void from now on, or waiting for the second person. */
export type Voided = "voided" | "proposed";

interface VoidDialogProps {
  readonly contract: Contract;
  readonly onDone: (done: Voided) => void;
  readonly onClosed: () => void;
}

const LONGEST_REASON = 500;
/** An entry of the audit is listed within a second of the change that it tells of. */
const LISTED_WITHIN_MS = 1_500;

/** Says all that follows before it is done (R22): that it cannot be undone, who sees it, and what becomes of the order (R4). */
export function VoidDialog({ contract, onDone, onClosed }: VoidDialogProps) {
  const { t } = useTranslation("desk");
  const { t: inConsole } = useTranslation();
  const { number } = contract;
  // What follows depends on them, and nobody voids a contract without having been told.
  const rules = useQuery(voidingRulesQuery);
  const [missing, setMissing] = useState(false);
  useFocusBack();
  const voiding = useVoiding(number, (done) => {
    onDone(done);
    onClosed();
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const reason = new FormData(event.currentTarget).get("reason");
    const text = typeof reason === "string" ? reason.trim() : "";
    setMissing(text === "");
    if (text !== "") voiding.mutate(text);
  };
  return (
    <Modal
      open
      title={t("voiding.title", { number })}
      footer={null}
      width={560}
      style={{ top: 64 }}
      mask={{ closable: false }}
      closable={{ "aria-label": inConsole("common.close") }}
      onCancel={onClosed}
    >
      <form onSubmit={submit} noValidate>
        {rules.error && <ProblemPanel error={rules.error} onRetry={() => void rules.refetch()} />}
        {rules.isPending && <Skeleton active title={false} paragraph={{ rows: 4 }} />}
        {rules.data && <Consequences contract={contract} rules={rules.data} />}
        <MessageField
          id="void-reason"
          name="reason"
          label={t("voiding.reason")}
          hint={t("voiding.reasonHint")}
          maxLength={LONGEST_REASON}
          rows={3}
          required
          aria-invalid={missing}
        />
        {missing && (
          <p className="field-fault" role="alert">
            {t("voiding.reasonMissing")}
          </p>
        )}
        {voiding.error && <ProblemPanel error={voiding.error} />}
        <div className="dialog-actions confirm-actions">
          <Button onClick={onClosed}>{t("cancel")}</Button>
          <Button danger htmlType="submit" disabled={!rules.data} loading={voiding.isPending && { delay: 300 }}>
            {t("voiding.confirm")}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

function useVoiding(number: string, onDone: (done: Voided) => void) {
  const queries = useQueryClient();
  const readAgain = () =>
    Promise.all(
      [CONTRACTS_KEY, ORDERS_KEY, BILLS_KEY, PROPOSALS_KEY].map((queryKey) => queries.invalidateQueries({ queryKey })),
    );
  return useOnce<string, Voided>({
    send: (reason, key) => voidContract(number, reason, key),
    nameOf: (reason) => reason,
    onSuccess: onDone,
    onSettled: async () => {
      setTimeout(() => void queries.invalidateQueries({ queryKey: CONTRACTS_KEY }), LISTED_WITHIN_MS);
      await readAgain();
    },
  });
}

interface ConsequencesProps {
  readonly contract: Contract;
  readonly rules: { readonly voidAlone: Readonly<Record<string, string>> | null; readonly reissueAfterVoid: boolean };
}

function Consequences({ contract: { order }, rules }: ConsequencesProps) {
  const { t } = useTranslation("desk");
  const { language } = useLanguage();
  const freed = rules.reissueAfterVoid;
  const subject = order === null ? "bill" : "order";
  const limits = rules.voidAlone ? limitsText(rules.voidAlone, language) : "";
  return (
    <ul className="consequences">
      <li>{t("voiding.atOnce")}</li>
      <li>{t("voiding.seen")}</li>
      <li>{t(`voiding.${freed ? "freed" : "occupied"}.${subject}`)}</li>
      {rules.voidAlone && <li>{limits === "" ? t("voiding.alwaysTwo") : t("voiding.twoAbove", { limits })}</li>}
    </ul>
  );
}

function limitsText(limits: Readonly<Record<string, string>>, language: Language): string {
  const amounts = Object.entries(limits).map(([currency, amount]) => amountText(amount, currency, language));
  return amounts.join(language === "en" ? ", " : "、");
}
