import { loadPkcs11Binding, type Pkcs11Binding, Pkcs11Error, type Pkcs11Session } from "./pkcs11-binding.ts";

/** Return values of PKCS #11 that somebody here decides by (PKCS #11 2.40 base, 5.1). */
export const CKR = {
  pinIncorrect: 0xa0,
  pinInvalid: 0xa1,
  pinLenRange: 0xa2,
  pinExpired: 0xa3,
  pinLocked: 0xa4,
  tokenNotPresent: 0xe0,
  tokenNotRecognized: 0xe1,
  userAlreadyLoggedIn: 0x100,
  userPinNotInitialized: 0x102,
} as const;

/** The few functions of a module that signing takes. Each throws a Pkcs11Error; none blocks the event loop. */
export interface Pkcs11Module {
  /** The slot with the token of this label. */
  slotOf(label: string): Promise<number>;
  openSession(slot: number): Promise<Pkcs11Session>;
  closeSession(session: Pkcs11Session): Promise<void>;
  login(session: Pkcs11Session, pin: string): Promise<void>;
  /** At most two: one more than there should be. */
  findPrivateKeys(session: Pkcs11Session, key: KeyAttributes): Promise<readonly number[]>;
  sign(session: Pkcs11Session, mechanism: number, key: number, data: Uint8Array): Promise<Uint8Array>;
  /** Ends all sessions, of other keys too, and looks for tokens anew. */
  restart(): Promise<void>;
}

/** By label, by id, or by both. */
export interface KeyAttributes {
  readonly label: string | null;
  readonly id: Uint8Array | null;
}

const CKF_SERIAL_SESSION = 4;
const CKU_USER = 1;
const CKO_PRIVATE_KEY = 3;
const CKA_CLASS = 0;
const CKA_LABEL = 3;
const CKA_ID = 0x102;
const MOST_SLOTS = 256;
/** CK_TOKEN_INFO has 208 bytes on the platforms that we run on; the label stands first, padded with blanks. */
const TOKEN_INFO_BYTES = 512;
const LABEL_BYTES = 32;
const LARGEST_SIGNATURE_BYTES = 1024;
const ULONG_BYTES = 8;

const modules = new Map<string, Promise<Pkcs11Module>>();

/**
 * Loads a PKCS #11 module and initialises it, once in this process however many keys use it: a second C_Initialize would
 * fail. Throws a SealKeyFault when the package koffi or the module is missing.
 */
export function openPkcs11Module(path: string): Promise<Pkcs11Module> {
  const known = modules.get(path);
  if (known) return known;
  const opened = loadPkcs11Binding(path).then(moduleOf);
  modules.set(path, opened);
  opened.catch(() => modules.delete(path));
  return opened;
}

function moduleOf(binding: Pkcs11Binding): Pkcs11Module {
  return { ...slotsOf(binding), ...keysOf(binding), restart: () => binding.restart() };
}

function slotsOf({ koffi, bind, bindInSession, generation }: Pkcs11Binding) {
  const [ulong, bytes] = ["unsigned long", "void *"] as const;
  const getSlotList = bind("C_GetSlotList", ["uint8_t", bytes, koffi.inout(koffi.pointer(ulong))]);
  const getTokenInfo = bind("C_GetTokenInfo", [ulong, bytes]);
  const openSession = bind("C_OpenSession", [ulong, ulong, bytes, bytes, koffi.out(koffi.pointer(ulong))]);
  const closeSession = bindInSession("C_CloseSession", []);
  const login = bindInSession("C_Login", [ulong, bytes, ulong], [CKR.userAlreadyLoggedIn]);
  return {
    async slotOf(label: string): Promise<number> {
      // Asking for the number alone is what makes a module look for tokens anew (PKCS #11 2.40 base, 5.5).
      await getSlotList([], 1, null, [0]);
      const [count, list] = [[MOST_SLOTS], Buffer.alloc(MOST_SLOTS * ULONG_BYTES)];
      await getSlotList([], 1, list, count);
      for (const slot of ulongs(list, count[0] ?? 0)) {
        const info = Buffer.alloc(TOKEN_INFO_BYTES);
        await getTokenInfo([CKR.tokenNotPresent, CKR.tokenNotRecognized], slot, info);
        if (info.toString("utf8", 0, LABEL_BYTES).trimEnd() === label) return slot;
      }
      throw new Pkcs11Error("C_GetSlotList", CKR.tokenNotPresent);
    },
    async openSession(slot: number): Promise<Pkcs11Session> {
      const handle = [0];
      await openSession([], slot, CKF_SERIAL_SESSION, null, null, handle);
      return { handle: handle[0] ?? 0, generation: generation() };
    },
    closeSession: (session: Pkcs11Session) => closeSession(session),
    login: (session: Pkcs11Session, pin: string) => {
      const text = Buffer.from(pin, "utf8");
      return login(session, CKU_USER, text, text.length);
    },
  };
}

function keysOf({ koffi, bindInSession }: Pkcs11Binding) {
  const [ulong, bytes] = ["unsigned long", "void *"] as const;
  const attribute = koffi.struct({ type: ulong, value: bytes, length: ulong });
  const mechanism = koffi.struct({ mechanism: ulong, parameter: bytes, length: ulong });
  const findObjectsInit = bindInSession("C_FindObjectsInit", [koffi.pointer(attribute), ulong]);
  const findObjects = bindInSession("C_FindObjects", [bytes, ulong, koffi.out(koffi.pointer(ulong))]);
  const findObjectsFinal = bindInSession("C_FindObjectsFinal", []);
  const signInit = bindInSession("C_SignInit", [koffi.pointer(mechanism), ulong]);
  const sign = bindInSession("C_Sign", [bytes, ulong, bytes, koffi.inout(koffi.pointer(ulong))]);
  return {
    async findPrivateKeys(session: Pkcs11Session, { label, id }: KeyAttributes): Promise<readonly number[]> {
      const wanted = [
        attributeOf(CKA_CLASS, ulongBytes(CKO_PRIVATE_KEY)),
        ...(label === null ? [] : [attributeOf(CKA_LABEL, Buffer.from(label, "utf8"))]),
        ...(id === null ? [] : [attributeOf(CKA_ID, id)]),
      ];
      await findObjectsInit(session, wanted, wanted.length);
      const [found, count] = [Buffer.alloc(2 * ULONG_BYTES), [0]];
      try {
        await findObjects(session, found, 2, count);
      } finally {
        await findObjectsFinal(session);
      }
      return ulongs(found, count[0] ?? 0);
    },
    async sign(session: Pkcs11Session, wanted: number, key: number, data: Uint8Array): Promise<Uint8Array> {
      await signInit(session, { mechanism: wanted, parameter: null, length: 0 }, key);
      const [signature, length] = [Buffer.alloc(LARGEST_SIGNATURE_BYTES), [LARGEST_SIGNATURE_BYTES]];
      await sign(session, data, data.length, signature, length);
      return signature.subarray(0, length[0]);
    },
  };
}

function attributeOf(type: number, value: Uint8Array) {
  return { type, value, length: value.length };
}

/** Handles and slot numbers are below 2^53 in every module that we know of. */
function ulongs(bytes: Buffer, count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => Number(bytes.readBigUInt64LE(index * ULONG_BYTES)));
}

function ulongBytes(value: number): Uint8Array {
  const bytes = Buffer.alloc(ULONG_BYTES);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}
