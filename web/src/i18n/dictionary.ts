import type { zhCN } from "./zh-CN.ts";

type Texts<Node> = { readonly [Key in keyof Node]: Node[Key] extends string ? string : Texts<Node[Key]> };

/** What every language must say: a key that is missing or left over in one of them does not compile. */
export type Dictionary = Texts<typeof zhCN>;
