import { parseLosslessNumber } from "lossless-json";
import { parseBillDocument } from "../application/bill-document.ts";
import { described, excerptOf, faultAt, relabelled } from "../application/order-document-faults.ts";
import { choiceKind, type Field, memberOf } from "../application/order-document-fields.ts";
import { type Bill, type BillCycle, parseBillCycle } from "../domain/bill.ts";
import type { AccountId, ProductCode, SellerId } from "../domain/identifiers.ts";
import type { InputFault } from "../domain/input-fault.ts";
import { CURRENCIES, type Currency } from "../domain/money.ts";
import { DEFAULT_PRODUCTS } from "../domain/policy.ts";
import { fail, type Result, succeed } from "../domain/result.ts";
import { billLineOf, requiredText } from "./billing-api-bill-item.ts";
import { failureOf } from "./billing-api-fields.ts";
import { DEEPEST, type JsonFault, parseJsonText } from "./json-text.ts";

export interface QueryBillDefaults {
  /** Whose bill it is; the API's own AccountID is another system's name for that account. */
  readonly account: AccountId;
  readonly seller: SellerId;
  /** The API does not say whether a month is complete; the policy's calendar does. */
  readonly isFinal: (cycle: BillCycle) => boolean;
  /** Products that the catalogue names; left out, those that every catalogue starts with. */
  readonly isInCatalogue?: (product: ProductCode) => boolean;
}

interface Page {
  readonly cycle: BillCycle;
  readonly items: readonly [Field, ...Field[]];
}

const ITEMS = "Data.Items.Item";
/** The API's own limit. */
const LARGEST_PAGE = 300;
const WHOLE_NUMBER = /^\d{1,9}$/;
const MEMBERS = /"(BillingCycle|Items|OrderList)"\s*:/g;
const CURRENCY = choiceKind(CURRENCIES);
const STARTING_CATALOGUE: ReadonlySet<ProductCode> = new Set(DEFAULT_PRODUCTS.map(({ code }) => code));
/** Our member of a line and theirs of an item, for faults. */
const THEIR_NAMES: Readonly<Record<string, string>> = {
  product: "ProductCode",
  "name.zh-CN": "ProductName",
  "name.en": "ProductName",
  description: "ProductDetail",
  list: "PretaxAmount",
  discount: "InvoiceDiscount",
  tax: "Tax",
  total: "AfterTaxAmount",
};

/**
 * Reads one response of the billing API's QueryBill (version 2017-12-14) that holds a whole month: each item is a line,
 * and lines are counted from 1. Amounts are read from their digits. Refused: a failed call, a page of a longer bill,
 * more than one currency, and whatever our own format of a bill refuses; faults name the API's member.
 */
export function readQueryBill(text: string, defaults: QueryBillDefaults): Result<Bill, InputFault> {
  const json = parseJsonText(text.replace(/^\uFEFF/, ""), parseLosslessNumber);
  if (!json.ok) return fail(notOneDocument(json.fault, text));
  const page = pageOf(json.value);
  if (!page.ok) return page;
  const { cycle, items } = page.value;
  const currency = currencyOf(items);
  if (!currency.ok) return currency;
  const isInCatalogue = defaults.isInCatalogue ?? ((product) => STARTING_CATALOGUE.has(product));
  const lines: object[] = [];
  for (const [index, item] of items.entries()) {
    const line = billLineOf(item, `${index + 1}`, { currency: currency.value, isInCatalogue });
    if (!line.ok) return line;
    lines.push(line.value);
  }
  const state = defaults.isFinal(cycle) ? "final" : "open";
  const { account, seller } = defaults;
  const bill = parseBillDocument({ state, currency: currency.value, lines }, { account, cycle, seller });
  return bill.ok ? bill : fail(inTheirTerms(bill.fault));
}

/**
 * Tells a response of QueryBill from everything else that an import can hold, without parsing it. A quotation mark
 * inside a JSON text is escaped, so that what matches is the name of a member, never a part of a value.
 */
export function looksLikeQueryBill(text: string): boolean {
  const members = new Set(Array.from(text.matchAll(MEMBERS), ([, name]) => name));
  return members.has("BillingCycle") && members.has("Items") && !members.has("OrderList");
}

/** The month and the items of a response that is a success and complete. */
function pageOf(response: unknown): Result<Page, InputFault> {
  const failure = failureOf(response);
  if (failure !== null) return fail(failedCall(failure));
  const data = memberOf("", response, "Data");
  const cycle = requiredText(data, "BillingCycle");
  if (!cycle.ok) return cycle;
  const parsed = parseBillCycle(cycle.value);
  if (parsed === null) return fail(notACycle(cycle.value));
  const announced = requiredText(data, "TotalCount");
  if (!announced.ok) return announced;
  if (!WHOLE_NUMBER.test(announced.value)) return fail(notACount(announced.value));
  const owner = memberOf(data.path, data.value, "Items");
  const list: unknown = memberOf(owner.path, owner.value, "Item").value;
  if (!Array.isArray(list)) return fail(withoutList(list));
  const [first, ...others] = list.map((value: unknown, index): Field => ({ path: `${ITEMS}[${index}]`, value }));
  const count = Number(announced.value);
  if (count > list.length) return fail(incomplete(count, list.length));
  return first ? succeed({ cycle: parsed, items: [first, ...others] }) : fail(withoutItems());
}

function currencyOf([first, ...others]: Page["items"]): Result<Currency, InputFault> {
  const text = requiredText(first, "Currency");
  if (!text.ok) return text;
  const currency = CURRENCY.read({ path: `${first.path}.Currency`, value: text.value });
  if (!currency.ok) return currency;
  for (const item of others) {
    const other = requiredText(item, "Currency");
    if (!other.ok) return other;
    if (other.value !== currency.value) return fail(otherCurrency(item, other.value, currency.value));
  }
  return currency;
}

function inTheirTerms(fault: InputFault): InputFault {
  const [, index, member] = /^lines\[(\d+)\]\.(.+)$/.exec(fault.field) ?? [];
  if (member === undefined) return relabelled(fault, ITEMS);
  return relabelled(fault, `${ITEMS}[${index}].${THEIR_NAMES[member] ?? member}`);
}

function notOneDocument(fault: JsonFault, text: string): InputFault {
  switch (fault.kind) {
    case "too_deep":
      return faultAt("", {
        "zh-CN": `JSON 嵌套超过 ${DEEPEST} 层，不是 QueryBill 的响应，请重新获取该账单。`,
        en: `JSON nested more than ${DEEPEST} levels deep is no response of QueryBill; fetch the bill again.`,
      });
    case "member_twice":
      return faultAt("", {
        "zh-CN": `JSON 中字段“${excerptOf(fault.member)}”出现了两次且值不同，请重新获取该账单。`,
        en: `The member "${excerptOf(fault.member)}" stands twice with different values; fetch the bill again.`,
      });
    case "not_json": {
      const line = fault.position === null ? null : text.slice(0, fault.position).split("\n").length;
      return faultAt("", {
        "zh-CN": `${line === null ? "文件" : `第 ${line} 行`}不是有效的 JSON，请在一个文件中保存一个完整的 QueryBill 响应。`,
        en: `${line === null ? "The file" : `Line ${line}`} is not valid JSON; save one whole response of QueryBill in a file.`,
      });
    }
  }
}

function failedCall(answer: string): InputFault {
  return faultAt("Code", {
    "zh-CN": `账单接口未返回账单，而是返回“${answer}”，请排除原因后重新获取。`,
    en: `the billing API answered "${answer}" instead of a bill; settle the cause and fetch it again.`,
  });
}

function notACycle(text: string): InputFault {
  return faultAt("Data.BillingCycle", {
    "zh-CN": `“${excerptOf(text)}”不是形如 2026-10 的账期，请按月重新获取该账单。`,
    en: `"${excerptOf(text)}" is not a month such as "2026-10"; fetch the bill of a month.`,
  });
}

function notACount(text: string): InputFault {
  return faultAt("Data.TotalCount", {
    "zh-CN": `“${excerptOf(text)}”不是账单条目数，请重新获取该账单。`,
    en: `"${excerptOf(text)}" is not a number of items; fetch the bill again.`,
  });
}

function withoutList(value: unknown): InputFault {
  const found = described(value ?? "");
  return faultAt(ITEMS, {
    "zh-CN":
      value == null
        ? "响应中缺少此项，请重新获取该账单。"
        : `此处应为列表，实际是${found["zh-CN"]}，请重新获取该账单。`,
    en:
      value == null
        ? "missing in the response; fetch the bill again."
        : `${found.en} where a list belongs; fetch the bill again.`,
  });
}

function withoutItems(): InputFault {
  return faultAt(ITEMS, {
    "zh-CN": "没有任何条目，该月没有可出具合同的账单，请核对账期。",
    en: "holds no items, so the month has nothing to contract; check the billing cycle.",
  });
}

function incomplete(announced: number, held: number): InputFault {
  const fitsOnePage = announced <= LARGEST_PAGE;
  return faultAt("Data.TotalCount", {
    "zh-CN": `共 ${announced} 个条目，但响应中只有 ${held} 个，请${fitsOnePage ? `以更大的 PageSize（最大 ${LARGEST_PAGE}）重新获取该账单` : "把各页的条目合并到一个 Data.Items.Item 中"}。`,
    en: `announces ${announced} items, but only ${held} are here; ${fitsOnePage ? `fetch the bill with a larger PageSize, at most ${LARGEST_PAGE}` : "join the items of all pages in one Data.Items.Item"}.`,
  });
}

function otherCurrency(item: Field, found: string, expected: Currency): InputFault {
  return faultAt(`${item.path}.Currency`, {
    "zh-CN": `“${excerptOf(found)}”与前面条目的 ${expected} 不同，而一份账单只有一个币种，请按币种拆分到各自的客户账号，以 Orderseal 自有格式提交。`,
    en: `"${excerptOf(found)}" differs from the ${expected} of the items before, but a bill has one currency; send each currency as the bill of an account of its own, in Orderseal's own format.`,
  });
}
