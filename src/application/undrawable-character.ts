import type { InputFault } from "../domain/input-fault.ts";

/** Says which character no font can draw, and in which field. */
export function undrawableCharacter(field: string, character: string): InputFault {
  const codePoint = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
  return {
    field,
    message: {
      "zh-CN": `${field}：合同字体不支持字符“${character}”（${codePoint}），请改用其他写法。`,
      en: `${field}: the contract's fonts have no character "${character}" (${codePoint}); write it another way.`,
    },
  };
}
