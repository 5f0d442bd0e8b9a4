/**
 * Told of every step that a crash or a failure may fall between: each SQL statement, each operation on a file or an
 * object, each call over the network. The product runs with `NO_FAULTS`; whoever wants to know what a crash leaves
 * behind gives another one, which may wait, throw (then the step fails, undone), or end the process.
 */
export interface FaultPoints {
  /** `step` says what is about to be done, as in "sql commit" or "file sync". */
  before(step: string): Promise<void>;
  /** It is done. */
  after(step: string): Promise<void>;
}

export const NO_FAULTS: FaultPoints = { before: async () => {}, after: async () => {} };

/** Does the work as a step of this name. */
export async function takeStep<Value>(faults: FaultPoints, step: string, work: () => Promise<Value>): Promise<Value> {
  await faults.before(step);
  const value = await work();
  await faults.after(step);
  return value;
}
