import { useMutation, useQueryClient } from "@tanstack/react-query";
import { replayDelivery, WEBHOOKS_KEY } from "../../api/webhooks.ts";

/** Has one event sent once more; what the log says is asked for anew. */
export function useReplayOne(endpoint: string, onReplayed: () => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (sequence: string) => replayDelivery(endpoint, sequence),
    onSuccess: onReplayed,
    onSettled: () => queries.invalidateQueries({ queryKey: WEBHOOKS_KEY }),
  });
}
