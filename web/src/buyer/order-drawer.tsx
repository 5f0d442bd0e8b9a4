import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { Drawer, Skeleton } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { orderQuery } from "../api/orders.ts";
import { PATHS } from "../paths.ts";
import { ProblemPanel } from "../shell/problem-panel.tsx";
import { usePageTitle } from "../shell/use-page-title.ts";
import { OrderDetails } from "./order-details.tsx";

/** One order over the list it came from; has an address of its own, so it can be sent to a colleague. */
export function OrderDrawer() {
  const { t } = useTranslation();
  const { order } = useParams({ from: "/buyer/orders/$order" });
  const navigate = useNavigate();
  const [open, setOpen] = useState(true);
  const { data, error, refetch, isPending } = useQuery(orderQuery(order));
  usePageTitle(t("title.order", { order }));
  return (
    <Drawer
      open={open}
      title={t("order.heading", { order })}
      size={720}
      closable={{ "aria-label": t("common.close") }}
      onClose={() => setOpen(false)}
      afterOpenChange={(opened) => {
        if (!opened) void navigate({ to: PATHS.orders, search: true });
      }}
      styles={{ body: { padding: 0, overflow: "hidden" } }}
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and the keyboard must reach it also when there is nothing to press in it */}
      <section className="order-drawer" tabIndex={0} aria-label={t("order.heading", { order })}>
        {isPending && (
          <div role="status" aria-label={t("common.loading")}>
            <Skeleton active paragraph={{ rows: 10 }} />
          </div>
        )}
        {error && <ProblemPanel error={error} onRetry={() => void refetch()} />}
        {data && <OrderDetails order={data} />}
      </section>
    </Drawer>
  );
}
