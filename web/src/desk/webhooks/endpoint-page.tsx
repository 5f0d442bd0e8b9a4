import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { endpointQuery, type WebhookEndpoint } from "../../api/webhooks.ts";
import { PATHS } from "../../paths.ts";
import { ProblemPanel } from "../../shell/problem-panel.tsx";
import { TableSkeleton } from "../../shell/table-skeleton.tsx";
import { useMay } from "../../shell/use-may.ts";
import { usePageTitle } from "../../shell/use-page-title.ts";
import { ChangeEndpointDialog } from "./change-endpoint-dialog.tsx";
import { DeleteEndpointDialog } from "./delete-endpoint-dialog.tsx";
import { DeliveryLog } from "./delivery-log.tsx";
import { EndpointFacts } from "./endpoint-facts.tsx";
import { ReplayDialog } from "./replay-dialog.tsx";
import { RotateSecretDialog } from "./rotate-secret-dialog.tsx";
import { SwitchEndpointDialog } from "./switch-endpoint-dialog.tsx";
import "./webhooks.css";

type Action = "change" | "switch" | "rotate" | "replay" | "delete";

/** One endpoint: how it does, what can be done with it, and what became of each event. */
export function EndpointPage() {
  const { t } = useTranslation("desk");
  const { endpoint: id } = useParams({ from: "/desk/webhooks/$endpoint" });
  const endpoint = useQuery(endpointQuery(id));
  const [done, setDone] = useState("");
  const heading = endpoint.data ? nameOf(endpoint.data) : t("webhooks.heading");
  usePageTitle(heading);
  return (
    <>
      <p className="small back-line">
        <Link to={PATHS.webhooks}>{t("webhooks.back")}</Link>
      </p>
      <h1 className="wrap">{heading}</h1>
      <p className={done === "" ? "unseen" : "done-line"} role="status">
        {done}
      </p>
      {endpoint.isError && <ProblemPanel error={endpoint.error} onRetry={() => void endpoint.refetch()} />}
      {endpoint.isPending && <TableSkeleton />}
      {endpoint.data && (
        <>
          <section className="card endpoint-card" aria-label={heading}>
            <EndpointFacts endpoint={endpoint.data} />
            <EndpointActions endpoint={endpoint.data} onDone={setDone} />
          </section>
          <DeliveryLog endpoint={endpoint.data} onDone={setDone} />
        </>
      )}
    </>
  );
}

function EndpointActions({ endpoint, onDone }: { endpoint: WebhookEndpoint; onDone: (said: string) => void }) {
  const { t } = useTranslation("desk");
  const navigate = useNavigate();
  const mayManage = useMay()("webhooks:manage");
  const [doing, setDoing] = useState<Action | null>(null);
  if (!mayManage) return null;
  const dialog = { endpoint, onDone, onClosed: () => setDoing(null) };
  return (
    <fieldset className="endpoint-actions">
      <legend className="unseen">{t("webhooks.actions")}</legend>
      <Button onClick={() => setDoing("change")}>{t("webhooks.change")}</Button>
      <Button onClick={() => setDoing("replay")}>{t("webhooks.replayRange")}</Button>
      <Button onClick={() => setDoing("rotate")}>{t("webhooks.rotate")}</Button>
      <Button onClick={() => setDoing("switch")}>
        {t(endpoint.state === "active" ? "webhooks.disable" : "webhooks.enable")}
      </Button>
      <Button danger onClick={() => setDoing("delete")}>
        {t("webhooks.delete")}
      </Button>
      {doing === "change" && <ChangeEndpointDialog {...dialog} />}
      {doing === "replay" && <ReplayDialog {...dialog} />}
      {doing === "rotate" && <RotateSecretDialog {...dialog} />}
      {doing === "switch" && <SwitchEndpointDialog {...dialog} />}
      {doing === "delete" && (
        <DeleteEndpointDialog {...dialog} onDeleted={() => void navigate({ to: PATHS.webhooks })} />
      )}
    </fieldset>
  );
}

function nameOf({ description, url }: WebhookEndpoint): string {
  return description === "" ? url : description;
}
