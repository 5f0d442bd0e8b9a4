import type { Localized } from "../../domain/localized.ts";

/**
 * A seal key that cannot be used as it is set up: one sentence for whoever set it up, saying what to do. Thrown by the
 * adapters of keys; the key ring turns it into a value when a key is loaded.
 */
export class SealKeyFault extends Error {
  readonly sentence: Localized;
  /** False where trying again would do harm: a token counts wrong PINs and locks itself. */
  readonly mayBeTriedAgain: boolean;

  constructor(sentence: Localized, options: { readonly cause?: unknown; readonly mayBeTriedAgain?: boolean } = {}) {
    super(sentence.en, options.cause === undefined ? {} : { cause: options.cause });
    this.sentence = sentence;
    this.mayBeTriedAgain = options.mayBeTriedAgain ?? true;
  }
}

/** Written Chinese first, as everywhere. */
export function keyFault(zh: string, en: string, options: ConstructorParameters<typeof SealKeyFault>[1] = {}) {
  return new SealKeyFault({ "zh-CN": zh, en }, options);
}
