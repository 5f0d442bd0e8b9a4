import { parseOrderDocument } from "../application/order-document.ts";
import { excerptOf, relabelled } from "../application/order-document-faults.ts";
import type { AccountId, SellerId } from "../domain/identifiers.ts";
import type { InputFault } from "../domain/input-fault.ts";
import type { Order } from "../domain/order.ts";
import { fail, type Result } from "../domain/result.ts";
import { ORDER_COLUMNS, type Row } from "./csv-columns.ts";

export interface NumberedRow {
  readonly line: number;
  readonly row: Row;
}
export type OrderRows = readonly [NumberedRow, ...NumberedRow[]];

/** Members of the document that have a column of another name. */
const COLUMN_OF: Readonly<Record<string, string>> = {
  "marketplace.sellerName": "marketplaceSellerName",
  "marketplace.seller": "marketplaceSeller",
  status: "state",
  "status.state": "state",
  "status.stateAt": "stateAt",
  "status.paidAt": "stateAt",
  "status.cancelledAt": "stateAt",
  "status.expiredAt": "stateAt",
  "status.refundedAt": "stateAt",
  "domain.service": "domainService",
  "domain.name": "domainName",
  "name.zh-CN": "nameZh",
  "name.en": "nameEn",
};

/** The order that adjacent rows make up; faults name the column and, for a row after the first, its line. */
export function orderOfRows(
  rows: OrderRows,
  { account, seller }: { readonly account: AccountId | null; readonly seller: SellerId },
): Result<Order, InputFault> {
  const disagreement = disagreementOf(rows);
  if (disagreement) return fail(disagreement);
  const order = parseOrderDocument(documentOf(rows), account === null ? { seller } : { account, seller });
  return order.ok ? order : fail(inColumns(order.fault, rows));
}

function documentOf(rows: OrderRows): unknown {
  const [{ row }] = rows;
  const { order, account, occurredAt, placedAt, type, billing, seller, currency, relatedOrder } = row;
  const same = { order, account, occurredAt, placedAt, type, billing, seller, currency, relatedOrder };
  return {
    ...same,
    revision: revisionOf(row.revision),
    status: statusOf(row),
    marketplace: pair({ sellerName: row.marketplaceSellerName, seller: row.marketplaceSeller }),
    domain: pair({ service: row.domainService, name: row.domainName }),
    lines: rows.map((each) => lineOf(each.row)),
  };
}

function lineOf({ line, product, nameZh, nameEn, description, quantity, list, discount, tax, total, ...term }: Row) {
  const name = pair({ "zh-CN": nameZh, en: nameEn });
  const { startsAt, endsAt } = term;
  return { line, product, name, description, quantity, list, discount, tax, total, startsAt, endsAt };
}

/** Digits become the number that the document has; anything else stays as it is, to be shown in the fault. */
function revisionOf(cell: string | undefined): unknown {
  return cell !== undefined && /^\d{1,16}$/.test(cell) ? Number(cell) : cell;
}

/** `stateAt` is the time that the state has, whatever its name there. */
function statusOf({ state, stateAt }: Row): unknown {
  const timed = state === "paid" || state === "cancelled" || state === "expired" || state === "refunded";
  const name = timed ? `${state}At` : "stateAt";
  return { state, ...(stateAt === undefined ? {} : { [name]: stateAt }) };
}

function pair(members: Readonly<Record<string, string | undefined>>): unknown {
  return Object.values(members).every((value) => value === undefined) ? undefined : members;
}

function disagreementOf([first, ...others]: OrderRows): InputFault | null {
  for (const other of others) {
    const column = ORDER_COLUMNS.find((name) => other.row[name] !== first.row[name]);
    if (column === undefined) continue;
    const [one, two] = [excerptOf(first.row[column] ?? ""), excerptOf(other.row[column] ?? "")];
    const message = {
      "zh-CN": `${column}：第 ${other.line} 行为“${two}”，第 ${first.line} 行为“${one}”，同一订单的各行必须一致，请更正。`,
      en: `${column}: line ${other.line} has "${two}" but line ${first.line} has "${one}"; make all rows of an order agree.`,
    };
    return { field: column, message };
  }
  return null;
}

function inColumns(fault: InputFault, rows: OrderRows): InputFault {
  const [, index, member] = /^lines\[(\d+)\]\.(.+)$/.exec(fault.field) ?? [];
  const field = member ?? (fault.field === "lines" ? "line" : fault.field);
  const line = rows[Number(index ?? 0)]?.line ?? rows[0].line;
  const place = line === rows[0].line ? null : { "zh-CN": `第 ${line} 行`, en: `line ${line}` };
  return relabelled(fault, COLUMN_OF[field] ?? field, place);
}
