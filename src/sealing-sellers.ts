import type { Clock, Ledger, LedgerTransaction } from "./application/ports.ts";
import type { KeyRing } from "./document/key-ring.ts";
import type { SellerId } from "./domain/identifiers.ts";
import type { Seller } from "./domain/parties.ts";

type SealingKeys = Pick<KeyRing, "hasKey">;

/**
 * The books with one fact joined from outside: they know whether a seller is active, the key ring whether it has a
 * key for this instant, and a seller can seal (R18) while both hold. So a key that has expired, or was put there a moment ago,
 * decides at once, everywhere where sellers are read, and the ladder stays pure.
 */
export function withSealingSellers(ledger: Ledger, keys: SealingKeys, clock: Clock): Ledger {
  const asked = () => sealingAsked(keys, clock);
  return {
    ...ledger,
    transaction: (work) => ledger.transaction((transaction) => work(withSealing(transaction, asked()))),
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

function withSealing(transaction: LedgerTransaction, sealing: ReturnType<typeof sealingAsked>): LedgerTransaction {
  return {
    ...transaction,
    sellerOf: async (channel) => sealing(await transaction.sellerOf(channel)),
    seller: async (seller) => sealing(await transaction.seller(seller)),
  };
}

/** Each seller is asked for once for everything that is read together, so that a page says the same of it throughout. */
function sealingAsked(keys: SealingKeys, clock: Clock) {
  const answers = new Map<SellerId, Promise<boolean>>();
  const hasKey = (seller: SellerId): Promise<boolean> => {
    const answer = answers.get(seller) ?? keys.hasKey(seller, clock.now());
    answers.set(seller, answer);
    return answer;
  };
  return async <Read extends Seller | null>(seller: Read): Promise<Read> =>
    seller === null || !seller.canSeal || (await hasKey(seller.id)) ? seller : { ...seller, canSeal: false };
}
