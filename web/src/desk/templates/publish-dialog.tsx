import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { CATALOGUE_KEY } from "../../api/catalogue.ts";
import { isProblemCode } from "../../api/problem-error.ts";
import { publishWording, WORDINGS_KEY, type WordingStatus } from "../../api/wordings.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { useOnce } from "../../shell/use-once.ts";
import { ConfirmDialog } from "../confirm-dialog.tsx";
import type { Draft } from "./draft-card.tsx";

interface PublishDialogProps {
  readonly status: WordingStatus;
  readonly draft: Draft;
  readonly onDone: (said: string) => void;
  /** Somebody has put another draft in its place: that one has to be looked over first. */
  readonly onReplaced: () => void;
  readonly onClosed: () => void;
}

/** Puts the draft that was looked over into new contracts; one that has replaced it meanwhile is not published by this. */
export function PublishDialog({ status: { seller, legalName }, draft, ...on }: PublishDialogProps) {
  const { t } = useTranslation("desk");
  const { language } = useLanguage();
  const queries = useQueryClient();
  const publishing = useOnce({
    send: (name: string, idempotencyKey) => publishWording(seller, name, idempotencyKey),
    nameOf: (name) => name,
    onSuccess: ({ version }) => {
      on.onDone(t("templates.page.done.published", { version }));
      on.onClosed();
    },
    onSettled: async (_, error) => {
      await Promise.all([WORDINGS_KEY, CATALOGUE_KEY].map((queryKey) => queries.invalidateQueries({ queryKey })));
      if (!isProblemCode(error, "draft_replaced")) return;
      on.onReplaced();
      on.onClosed();
    },
  });
  return (
    <ConfirmDialog
      title={t("templates.page.publishTitle", { person: draft.draftedBy })}
      text={t("templates.page.publishText", { seller: legalName[language] })}
      action={t("templates.page.publishConfirm")}
      grave={false}
      doing={publishing}
      onConfirm={() => publishing.mutate(draft.draft)}
      onClose={on.onClosed}
    />
  );
}
