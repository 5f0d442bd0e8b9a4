import type { Koffi, Parameter, TypeObject } from "koffi";
import { keyFault } from "./seal-key-fault.ts";

/** A function of the module did not answer CKR_OK. */
export class Pkcs11Error extends Error {
  readonly code: number;

  constructor(call: string, code: number) {
    super(`${call} answered 0x${code.toString(16)}`);
    this.code = code;
  }
}

/** A session is worth nothing after a restart of its module: its handle may then be another session's. */
export interface Pkcs11Session {
  readonly handle: number;
  readonly generation: number;
}

/** Calls one function in the thread pool: the event loop goes on. Any answer but 0 and the forgiven ones throws. */
type NativeCall = (forgiven: readonly number[], ...values: readonly unknown[]) => Promise<void>;
/** The same within a session, whose handle is the first value. */
type SessionCall = (session: Pkcs11Session, ...values: readonly unknown[]) => Promise<void>;

/** A loaded module, initialised; its functions by the types of their parameters. */
export interface Pkcs11Binding {
  readonly koffi: Koffi;
  generation(): number;
  bind(name: keyof typeof PLACE, parameters: readonly Parameter[]): NativeCall;
  bindInSession(name: keyof typeof PLACE, parameters: readonly Parameter[], forgiven?: readonly number[]): SessionCall;
  /** Ends every session of this process and starts anew, once no call is under way. */
  restart(): Promise<void>;
}

const CKF_OS_LOCKING_OK = 2;
const CKR_SESSION_HANDLE_INVALID = 0xb3;
const CKR_CRYPTOKI_NOT_INITIALIZED = 0x190;
const CKR_CRYPTOKI_ALREADY_INITIALIZED = 0x191;

/** Places in CK_FUNCTION_LIST (PKCS #11 2.40 base, 3.6), behind the version that the alignment makes 8 bytes long. */
const FUNCTIONS_OFFSET = 8;
const FUNCTIONS = 68;
const PLACE = {
  C_Initialize: 0,
  C_Finalize: 1,
  C_GetSlotList: 4,
  C_GetTokenInfo: 6,
  C_OpenSession: 12,
  C_CloseSession: 13,
  C_Login: 18,
  C_FindObjectsInit: 26,
  C_FindObjects: 27,
  C_FindObjectsFinal: 28,
  C_SignInit: 42,
  C_Sign: 43,
} as const;

/** Held for ever: koffi unloads a library that nobody refers to, and pointers into its code are no reference. */
const libraries = new Set<object>();

/** Throws a SealKeyFault when the package koffi or the module is missing. */
export async function loadPkcs11Binding(path: string): Promise<Pkcs11Binding> {
  // Structures are packed otherwise there, and CK_ULONG is shorter.
  if (process.platform === "win32") {
    throw keyFault("PKCS#11 密钥不支持 Windows；请在 Linux 或 macOS 上运行。", "PKCS #11 keys need Linux or macOS.");
  }
  const koffi = await importKoffi();
  const table = functionTable(koffi, path);
  const native = (name: keyof typeof PLACE, parameters: readonly Parameter[]) =>
    nativeCall(koffi, table[PLACE[name]], name, parameters);
  const initialize = native("C_Initialize", [koffi.pointer(initializeArguments(koffi))]);
  const finalize = native("C_Finalize", ["void *"]);
  // Calls arrive from the threads of a pool, so the module has to lock for itself.
  const locking = { create: null, destroy: null, lock: null, unlock: null, flags: CKF_OS_LOCKING_OK, reserved: null };
  const gate = openGate();
  let generation = 0;
  await initialize([CKR_CRYPTOKI_ALREADY_INITIALIZED], locking);
  return {
    koffi,
    generation: () => generation,
    bind(name, parameters) {
      const call = native(name, parameters);
      return (forgiven, ...values) => gate.pass(() => call(forgiven, ...values));
    },
    bindInSession(name, parameters, forgiven = []) {
      const call = native(name, ["unsigned long", ...parameters]);
      return (session, ...values) =>
        gate.pass(() => {
          if (session.generation !== generation) throw new Pkcs11Error(name, CKR_SESSION_HANDLE_INVALID);
          return call(forgiven, session.handle, ...values);
        });
    },
    restart: () =>
      gate.close(async () => {
        await finalize([CKR_CRYPTOKI_NOT_INITIALIZED], null);
        generation++;
        await initialize([], locking);
      }),
  };
}

async function importKoffi(): Promise<Koffi> {
  try {
    return (await import("koffi")).default;
  } catch (cause) {
    throw keyFault(
      "使用 PKCS#11 密钥需要可选依赖 koffi，当前未安装；请在安装目录执行 npm ci（不要加 --omit=optional）。",
      "A PKCS #11 key needs the optional package koffi, which is not installed; run npm ci without --omit=optional.",
      { cause },
    );
  }
}

/** Every module exports C_GetFunctionList; that it exports the others by name is custom only. */
function functionTable(koffi: Koffi, path: string): readonly bigint[] {
  try {
    const library = koffi.load(path);
    libraries.add(library);
    const list: [bigint | null] = [null];
    const parameters = [koffi.out(koffi.pointer("void *"))];
    const answer: unknown = library.func("C_GetFunctionList", "unsigned long", parameters)(list);
    if (answer !== 0 || list[0] === null) throw new Pkcs11Error("C_GetFunctionList", Number(answer));
    return koffi.decode(list[0], FUNCTIONS_OFFSET, koffi.array("void *", FUNCTIONS));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw keyFault(
      `无法加载 PKCS#11 模块 ${path}（${reason}）；请在 key.json 的 module 中写明厂商库文件的完整路径。`,
      `The PKCS #11 module ${path} cannot be loaded (${reason}); name the vendor's library file as module in key.json.`,
      { cause },
    );
  }
}

function initializeArguments(koffi: Koffi): TypeObject {
  const pointer = "void *";
  return koffi.struct({
    create: pointer,
    destroy: pointer,
    lock: pointer,
    unlock: pointer,
    flags: "unsigned long",
    reserved: pointer,
  });
}

function nativeCall(
  koffi: Koffi,
  place: bigint | undefined,
  name: string,
  parameters: readonly Parameter[],
): NativeCall {
  const native = koffi.decode(place, koffi.proto("unsigned long", [...parameters]));
  return (forgiven, ...values) =>
    new Promise((resolve, reject) => {
      native.async(...values, (error: unknown, answer: number) => {
        if (error) reject(error);
        else if (answer === 0 || forgiven.includes(answer)) resolve();
        else reject(new Pkcs11Error(name, answer));
      });
    });
}

/** Many pass at once; whoever closes it waits until nobody is inside, and lets nobody in meanwhile. */
function openGate() {
  let inside = 0;
  let closed: Promise<void> | null = null;
  let onEmpty: (() => void) | null = null;
  const pass = async <Value>(work: () => Promise<Value>): Promise<Value> => {
    while (closed) await closed;
    inside++;
    try {
      return await work();
    } finally {
      inside--;
      if (inside === 0) onEmpty?.();
    }
  };
  const close = (work: () => Promise<void>): Promise<void> => {
    closed ??= (async () => {
      if (inside > 0) await new Promise<void>((resolve) => (onEmpty = resolve));
      onEmpty = null;
      await work();
    })().finally(() => {
      closed = null;
    });
    return closed;
  };
  return { pass, close };
}
