import { createContext, lazy, type ReactNode, Suspense, useContext, useState } from "react";

const RequestDialog = lazy(async () => ({ default: (await import("./request-dialog.tsx")).RequestDialog }));

type OpenRequest = (order: string) => void;
const RequestDialogContext = createContext<OpenRequest>(() => undefined);

/** Lets everything below open the request dialog for an order; the dialog's code is loaded the first time. */
export function RequestDialogHost({ children }: { children: ReactNode }) {
  const [order, setOrder] = useState<string | null>(null);
  return (
    <RequestDialogContext value={setOrder}>
      {children}
      <Suspense fallback={null}>
        {order !== null && <RequestDialog key={order} order={order} onClosed={() => setOrder(null)} />}
      </Suspense>
    </RequestDialogContext>
  );
}

export function useRequestDialog(): OpenRequest {
  return useContext(RequestDialogContext);
}
