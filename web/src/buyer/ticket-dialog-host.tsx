import { createContext, lazy, type ReactNode, Suspense, useContext, useState } from "react";

const TicketDialog = lazy(async () => ({ default: (await import("./ticket-dialog.tsx")).TicketDialog }));

/** The refusal that a ticket is opened from. */
export interface TicketReason {
  readonly order: string;
  /** Why the order was refused. */
  readonly sentence: string;
  /** What the ticket is for, and who will read it. */
  readonly purpose: string;
}

type OpenTicket = (reason: TicketReason) => void;
const TicketDialogContext = createContext<OpenTicket>(() => undefined);

/** Lets everything below open a ticket from a refusal; the dialog's code is loaded the first time. */
export function TicketDialogHost({ children }: { children: ReactNode }) {
  const [reason, setReason] = useState<TicketReason | null>(null);
  return (
    <TicketDialogContext value={setReason}>
      {children}
      <Suspense fallback={null}>
        {reason !== null && <TicketDialog key={reason.order} reason={reason} onClosed={() => setReason(null)} />}
      </Suspense>
    </TicketDialogContext>
  );
}

export function useTicketDialog(): OpenTicket {
  return useContext(TicketDialogContext);
}
