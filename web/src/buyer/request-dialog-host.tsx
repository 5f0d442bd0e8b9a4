import { createContext, lazy, type ReactNode, Suspense, useContext, useState } from "react";
import type { Subject } from "../api/contracts.ts";

const RequestDialog = lazy(async () => ({ default: (await import("./request-dialog.tsx")).RequestDialog }));

type OpenRequest = (subject: Subject) => void;
const RequestDialogContext = createContext<OpenRequest>(() => undefined);

/** Lets everything below open the request dialog for an order or a bill; its code is loaded the first time. */
export function RequestDialogHost({ children }: { children: ReactNode }) {
  const [subject, setSubject] = useState<Subject | null>(null);
  return (
    <RequestDialogContext value={setSubject}>
      {children}
      <Suspense fallback={null}>
        {subject !== null && (
          <RequestDialog key={JSON.stringify(subject)} subject={subject} onClosed={() => setSubject(null)} />
        )}
      </Suspense>
    </RequestDialogContext>
  );
}

export function useRequestDialog(): OpenRequest {
  return useContext(RequestDialogContext);
}
