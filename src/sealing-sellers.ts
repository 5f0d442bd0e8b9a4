import type { Clock, Ledger, LedgerTransaction } from "./application/ports.ts";
import type { KeyRing } from "./document/key-ring.ts";
import type { SellerId } from "./domain/identifiers.ts";
import type { Seller } from "./domain/parties.ts";

type SealingKeys = Pick<KeyRing, "hasKey" | "hasKeyAsSeen">;
type Sealing = <Read extends Seller | null>(seller: Read) => Promise<Read>;

/**
 * The books with one fact joined from outside: they know whether a seller is active, the key ring whether it has a
 * key for this instant, and a seller can seal (R18) while both hold. So a key that has expired, or was put there a moment ago,
 * decides at once, everywhere where sellers are read, and the ladder stays pure.
 */
export function withSealingSellers(ledger: Ledger, keys: SealingKeys, clock: Clock): Ledger {
  const asked = () => sealingAsked(keys, clock);
  return {
    ...ledger,
    transaction: (work) =>
      lookingOutside(keys, clock, (sealing) =>
        ledger.transaction((transaction) => work(withSealing(transaction, sealing()))),
      ),
    orderWithFacts: async (account, order) => {
      const read = await ledger.orderWithFacts(account, order);
      return read && { ...read, seller: await asked()(read.seller) };
    },
    listOrders: async (filter, page) => {
      const [{ items, next }, sealing] = [await ledger.listOrders(filter, page), asked()];
      return {
        items: await Promise.all(items.map(async (item) => ({ ...item, seller: await sealing(item.seller) }))),
        next,
      };
    },
    bill: async (account, cycle) => {
      const read = await ledger.bill(account, cycle);
      return read && { ...read, seller: await asked()(read.seller) };
    },
    listBills: async (account, page) => {
      const [{ items, next }, sealing] = [await ledger.listBills(account, page), asked()];
      return {
        items: await Promise.all(items.map(async (item) => ({ ...item, seller: await sealing(item.seller) }))),
        next,
      };
    },
    defaultSeller: async () => asked()(await ledger.defaultSeller()),
    seller: async (seller) => asked()(await ledger.seller(seller)),
  };
}

/** A transaction has to be left, because nobody has looked lately whether this seller has a key. */
class NotLookedAt extends Error {
  readonly seller: SellerId;

  constructor(seller: SellerId) {
    super(`whether seller ${seller} has a key has to be looked at outside of a transaction`);
    this.seller = seller;
  }
}

/**
 * Within a transaction, where others wait for its locks, only what was seen of the keys counts. Where that is too old, the
 * transaction is left, the look taken, which may ask a signer over the network, and the transaction begun anew: once a
 * second and seller at most.
 */
async function lookingOutside<Value>(
  keys: SealingKeys,
  clock: Clock,
  run: (sealing: () => Sealing) => Promise<Value>,
): Promise<Value> {
  const looked = new Map<SellerId, boolean>();
  const asSeen = (seller: SellerId): boolean => {
    const seen = looked.get(seller) ?? keys.hasKeyAsSeen(seller, clock.now());
    if (seen === null) throw new NotLookedAt(seller);
    return seen;
  };
  for (;;) {
    try {
      return await run(() => sealingBy(async (seller) => asSeen(seller)));
    } catch (error) {
      if (!(error instanceof NotLookedAt)) throw error;
      looked.set(error.seller, await keys.hasKey(error.seller, clock.now()));
    }
  }
}

function withSealing(transaction: LedgerTransaction, sealing: Sealing): LedgerTransaction {
  return {
    ...transaction,
    sellerOf: async (channel) => sealing(await transaction.sellerOf(channel)),
    seller: async (seller) => sealing(await transaction.seller(seller)),
  };
}

/** Each seller is asked for once for everything that is read together, so that a page says the same of it throughout. */
function sealingAsked(keys: SealingKeys, clock: Clock): Sealing {
  return sealingBy((seller) => keys.hasKey(seller, clock.now()));
}

function sealingBy(ask: (seller: SellerId) => Promise<boolean>): Sealing {
  const answers = new Map<SellerId, Promise<boolean>>();
  const hasKey = (seller: SellerId): Promise<boolean> => {
    const answer = answers.get(seller) ?? ask(seller);
    answers.set(seller, answer);
    return answer;
  };
  return async (seller) =>
    seller === null || !seller.canSeal || (await hasKey(seller.id)) ? seller : { ...seller, canSeal: false };
}
