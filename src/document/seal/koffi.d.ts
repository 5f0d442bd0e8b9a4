/**
 * The part of koffi that is used here, said anew: the package is optional, and the build must not need it. (Its own types
 * are `any` where it matters.)
 */
declare module "koffi" {
  /** A type of C that was put together from others. */
  interface TypeObject {
    readonly name: string;
    readonly size: number;
  }
  /** A pointer that the function writes through; the caller gives an array with one value. */
  interface Direction {
    readonly __brand: "IKoffiDirectionMarker";
  }
  type Type = TypeObject | "unsigned long" | "void *" | "uint8_t";
  type Parameter = Type | Direction;

  interface Koffi {
    load(path: string): {
      func(name: string, result: Type, parameters: Parameter[]): (...values: unknown[]) => unknown;
    };
    struct(members: Readonly<Record<string, Type>>): TypeObject;
    pointer(to: Type): TypeObject;
    array(of: Type, length: number): TypeObject;
    out(pointer: TypeObject): Direction;
    inout(pointer: TypeObject): Direction;
    proto(result: Type, parameters: Parameter[]): TypeObject;
    /** With a prototype: the function at this address; `async` calls it in the thread pool. */
    decode(address: bigint | undefined, prototype: TypeObject): { async(...values: unknown[]): void };
    /** What stands `offset` bytes behind the address; pointers come as bigint. */
    decode(address: bigint, offset: number, array: TypeObject): readonly bigint[];
  }
  const koffi: Koffi;
  // biome-ignore lint/style/noDefaultExport: the package has no other.
  export default koffi;
  export type { Koffi, Parameter, TypeObject };
}
