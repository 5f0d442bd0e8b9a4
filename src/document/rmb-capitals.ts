import nzh from "nzh/cn";

/**
 * An amount in renminbi as it is written out on bills: "1731.00" → "人民币壹仟柒佰叁拾壹元整".
 * 《正确填写票据和结算凭证的基本规定》 leaves two things open; here 整 follows 元 and 角 (never 分), and a 零 that the rule
 * only permits (第三项: the digit before 万 or 元 is 0, the next one is not) is not written.
 * `decimal` is an exact decimal with at most two places; anything else is a bug of the caller and throws.
 */
export function rmbCapitals(decimal: string): string {
  if (!/^-?\d{1,16}(?:\.\d{1,2})?$/.test(decimal)) throw new Error(`not an amount in renminbi: ${decimal}`);
  return nzh.toMoney(decimal, { forceZheng: true });
}
