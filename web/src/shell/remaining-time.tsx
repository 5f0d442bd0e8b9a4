import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { CONTRACTS_KEY } from "../api/contracts.ts";
import { ORDERS_KEY } from "../api/orders.ts";
import { remainingOf } from "../format/remaining.ts";

const TICK_MS = 15_000;

/** How long until a contract lapses unless its order is paid (R8), counted down; at the end, what it is worth is asked anew. */
export function RemainingTime({ until }: { readonly until: string }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const end = new Date(until).getTime();
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  const isOver = now >= end;
  useEffect(() => {
    if (isOver)
      void Promise.all([CONTRACTS_KEY, ORDERS_KEY].map((queryKey) => queries.invalidateQueries({ queryKey })));
  }, [isOver, queries]);
  const left = remainingOf(end - now);
  // In the last day it is what a reader must see.
  const tone = left.unit === "days" ? "soft" : "remaining-short";
  return <span className={`small ${tone}`}>{t(`remaining.${left.unit}`, { ...left })}</span>;
}
