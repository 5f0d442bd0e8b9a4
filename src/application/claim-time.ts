/** A moment of this process, in milliseconds. */
export interface ClaimTime {
  readonly elapsed: number;
  readonly wall: number;
}

export function claimTime(): ClaimTime {
  return { elapsed: performance.now(), wall: Date.now() };
}

/** A claim lasts five seconds by the database's clock. */
const SURELY_OURS_MS = 2_000;

/**
 * Whether a claim of then is ours without asking the books: so little time has passed that nobody can have taken it over. By
 * two clocks: one of them stands still while a machine is suspended, and the other one may be set back. Of a virtual machine that was
 * stopped from outside with both of them, neither tells; then two may seal the contract, and one of the two files is issued.
 */
export function isSurelyOurs(since: ClaimTime | null, now: ClaimTime = claimTime()): boolean {
  if (since === null) return false;
  const passed = [now.elapsed - since.elapsed, now.wall - since.wall];
  return passed.every((milliseconds) => milliseconds >= 0 && milliseconds < SURELY_OURS_MS);
}
