import type { WebhookEndpoint } from "../../api/webhooks.ts";

/** What every dialog about an endpoint is given. */
export interface EndpointDialogProps {
  readonly endpoint: WebhookEndpoint;
  /** Says what was done, once it is. */
  readonly onDone: (said: string) => void;
  readonly onClosed: () => void;
}
