import type { zhCN } from "./zh-CN.ts";

/** The same keys with any texts: a key that is missing or left over in one language does not compile. */
export type Texts<Node> = { readonly [Key in keyof Node]: Node[Key] extends string ? string : Texts<Node[Key]> };

/** What every language must say. */
export type Dictionary = Texts<typeof zhCN>;
