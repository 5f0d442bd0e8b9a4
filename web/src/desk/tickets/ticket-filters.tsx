import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Button, Segmented } from "antd";
import type { FormEvent } from "react";
import { useTranslation } from "react-i18next";
import {
  type DeskTicketSearch,
  deskTicketSearchOf,
  TICKET_STATES,
  WHOSE_TICKETS,
} from "../../api/desk-ticket-search.ts";
import { sessionQuery } from "../../api/session.ts";
import { PATHS } from "../../paths.ts";
import { Icon } from "../../shell/icon.tsx";
import { useMay } from "../../shell/use-may.ts";
import { useTicketWords } from "../../tickets/use-ticket-words.ts";
import { visibleQueues } from "./visible-queues.ts";

interface TicketFiltersProps {
  readonly search: DeskTicketSearch;
}

/** Which tickets to see. Changes the address only, so that going back and sending a link both work. */
export function TicketFilters({ search }: TicketFiltersProps) {
  const { t } = useTranslation("desk");
  const navigate = useNavigate({ from: PATHS.deskTickets });
  const may = useMay();
  const { state = "open", whose = "all", turn } = search;
  const choose = (change: Readonly<Record<string, string | undefined>>) =>
    void navigate({ search: deskTicketSearchOf({ ...search, ...change }) });
  return (
    <search className="ticket-filters" aria-label={t("tickets.filters")}>
      <QueueTabs search={search} onChoose={(queue) => choose({ queue })} />
      <div className="ticket-filter-row">
        <Segmented
          aria-label={t("tickets.states")}
          options={TICKET_STATES.map((value) => ({ value, label: t(`tickets.state.${value}`) }))}
          value={state}
          onChange={(chosen) => choose({ state: chosen })}
        />
        <div className="ticket-whose">
          <span className="soft" aria-hidden="true">
            {t("tickets.whoseLabel")}
          </span>
          <Segmented
            aria-label={t("tickets.whoseLabel")}
            options={WHOSE_TICKETS.filter((each) => each !== "me" || may("tickets:resolve")).map((value) => ({
              value,
              label: t(`tickets.whose.${value}`),
            }))}
            value={whose}
            onChange={(chosen) => choose({ whose: chosen })}
          />
        </div>
        {state === "open" && (
          <label className="ticket-turn">
            <input
              type="checkbox"
              className="check-box"
              checked={turn === "desk"}
              onChange={({ target }) => choose({ turn: target.checked ? "desk" : undefined })}
            />
            {t("tickets.onlyOurTurn")}
          </label>
        )}
        <OrderSearch key={search.order ?? ""} order={search.order ?? ""} onSearch={(order) => choose({ order })} />
      </div>
    </search>
  );
}

/** Only for who sees more than one queue. */
function QueueTabs({ search: { queue }, onChoose }: TicketFiltersProps & { onChoose: (queue: string) => void }) {
  const { t } = useTranslation("desk");
  const words = useTicketWords();
  const { data: session } = useQuery(sessionQuery);
  const queues = visibleQueues(session?.staff?.roles ?? []);
  if (queues.length < 2) return null;
  return (
    <Segmented
      aria-label={t("tickets.queues")}
      options={[
        { value: "all", label: t("tickets.queueAll") },
        ...queues.map((value) => ({ value, label: words.queue(value) })),
      ]}
      value={queue ?? "all"}
      onChange={onChoose}
    />
  );
}

function OrderSearch({ order, onSearch }: { order: string; onSearch: (order: string) => void }) {
  const { t } = useTranslation("desk");
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const asked = new FormData(event.currentTarget).get("order");
    onSearch(typeof asked === "string" ? asked : "");
  };
  return (
    <form className="ticket-search" onSubmit={submit}>
      <input
        type="search"
        name="order"
        className="text-input"
        aria-label={t("tickets.search")}
        placeholder={t("tickets.search")}
        defaultValue={order}
        maxLength={64}
        onInput={({ currentTarget }) => {
          if (currentTarget.value === "" && order !== "") onSearch("");
        }}
      />
      <Button htmlType="submit" aria-label={t("tickets.searchAction")} icon={<Icon name="search" />} />
    </form>
  );
}
