import { type UseMutationOptions, useMutation } from "@tanstack/react-query";
import { useRef } from "react";
import { newIdempotencyKey } from "../api/idempotency-key.ts";
import { isProblemCode, problemOf } from "../api/problem-error.ts";

interface Sending<Asked, Answer> extends Pick<UseMutationOptions<Answer, Error, Asked>, "onSuccess" | "onSettled"> {
  readonly send: (asked: Asked, idempotencyKey: string) => Promise<Answer>;
  /** The same text for what asks for the same. */
  readonly nameOf: (asked: Asked) => string;
}

const ASK_AGAIN_AFTER_MS = 1_000;
const ASK_AGAIN_TIMES = 5;

/**
 * A request that got no answer is repeated under the same key, so that pressing the button again can never do it twice;
 * one that was answered, or says something else, gets a new key. While its first sending is still running, it asks again.
 */
export function useOnce<Asked, Answer>({ send, nameOf, onSuccess, onSettled }: Sending<Asked, Answer>) {
  const pending = useRef<{ key: string; name: string } | null>(null);
  return useMutation<Answer, Error, Asked>({
    mutationFn: async (asked) => {
      const name = nameOf(asked);
      if (pending.current?.name !== name) pending.current = { key: newIdempotencyKey(), name };
      const answer = await send(asked, pending.current.key);
      pending.current = null;
      return answer;
    },
    retry: (failures, error) => isStillRunning(error) && failures < ASK_AGAIN_TIMES,
    retryDelay: ASK_AGAIN_AFTER_MS,
    onError: (error) => {
      if ((problemOf(error)?.status ?? 500) < 500 && !isStillRunning(error)) pending.current = null;
    },
    ...(onSuccess && { onSuccess }),
    ...(onSettled && { onSettled }),
  });
}

function isStillRunning(error: Error): boolean {
  return isProblemCode(error, "request_still_running");
}
