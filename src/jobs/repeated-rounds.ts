import type { Schedule } from "./schedule.ts";

/** One round after another, with a pause between them; `last` is done when it has been stopped. A round never rejects. */
export function repeatRounds(
  round: () => Promise<void>,
  pauseMs: number,
  last: () => Promise<void> = async () => {},
): Schedule {
  let running = Promise.resolve();
  let isStopping = false;
  let timer: NodeJS.Timeout | undefined;
  const again = (): void => {
    running = round().then(() => {
      if (!isStopping) timer = setTimeout(again, pauseMs);
    });
  };
  again();
  return {
    stop: async () => {
      isStopping = true;
      clearTimeout(timer);
      await running;
      await last();
    },
  };
}
