import { pathToFileURL } from "node:url";
import { type ContractView, contractViewOf } from "../src/document/contract-view.ts";
import { fontPaths } from "../src/document/fonts.ts";
import { qrCodeSvg } from "../src/document/qr-code.ts";
import type { ContractSnapshot } from "../src/domain/contract-snapshot.ts";
import type { Localized } from "../src/domain/localized.ts";
import { contractStyle } from "./contract-html-style.ts";

type OrderView = Extract<ContractView, { bill: null }>;
type Clause = ContractView["clauses"][number];

const PREAMBLE: Localized = {
  "zh-CN": "甲乙双方根据《中华人民共和国民法典》，遵循平等、自愿、公平、诚信原则，就甲方订购下列产品与服务订立本合同。",
  en: "Under the Civil Code of the People's Republic of China, the parties freely and in good faith conclude this contract.",
};

/** The contract as a web page: same texts, same fonts from the same files, same layout as the Typst template. */
export function contractHtml(snapshot: ContractSnapshot, fonts: "from_files" | "installed"): string {
  const view = contractViewOf(snapshot);
  if (view.template === "bill/1") throw new Error("the page is written for a contract on an order");
  const files = fonts === "installed" ? [] : fontPaths().map((path) => pathToFileURL(path).href);
  const title = `产品与服务订购合同 Purchase Contract for Products and Services ${view.number}`;
  return `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>${escaped(title)}</title>
<style>${contractStyle(files)}</style></head><body>
<div class="watermark">演示 DEMO</div>
<h1>产品与服务订购合同<small>Purchase Contract for Products and Services</small></h1>
${summary(view)}
<p>${PREAMBLE["zh-CN"]}</p><p class="en">${PREAMBLE.en}</p>
${parties(view)}${orderFacts(view)}${orderLines(view)}
<h2>合同条款 <i>Terms</i></h2>
${view.clauses.map(clause).join("")}
${signatures(view, snapshot.verificationUrl)}
</body></html>`;
}

/** Header and footer of every page, as Chromium takes them: pages of their own, with styles of their own. */
export function contractFrame(snapshot: ContractSnapshot): { readonly header: string; readonly footer: string } {
  const style = "font:7.5pt 'Noto Sans','Noto Sans SC';color:#5c5c5c;width:100%;margin:0 20mm";
  return {
    header: `<div style="${style};display:flex;justify-content:space-between;border-bottom:.5pt solid #ccc"><span>合同编号 Contract no. ${escaped(snapshot.number)}</span><b style="color:#1d4e79;font-weight:600">演示文件，不具有法律效力 DEMO — no legal effect</b></div>`,
    footer: `<div style="${style};text-align:center">第 <span class="pageNumber"></span> 页　共 <span class="totalPages"></span> 页　Page <span class="pageNumber"></span> of <span class="totalPages"></span></div>`,
  };
}

function summary(view: OrderView): string {
  return `<div class="tint grid four">
${fact("合同编号", "Contract no.", `<b>${text(view.number)}</b>`)}${fact("申请日期", "Date of request", stacked(view.requestedOn))}
${fact("订单编号", "Order no.", text(view.order.id))}${fact("合同总额", "Contract total", `<b>${text(view.currencyCode)} ${text(view.totals?.total ?? "")}</b>`)}
</div>`;
}

function parties(view: OrderView): string {
  const party = (zh: string, en: string, it: ContractView["buyer"], account: string | null): string => `
<section class="party"><p class="role">${zh} <i>${en}</i></p><p class="name">${stacked(it.name)}</p>
${it.registrationKind === "credit_code" ? fact("统一社会信用代码", "Credit code", text(it.registration)) : fact("证件／登记号码", "Registration no.", text(it.registration))}${account === null ? "" : fact("客户账号", "Account", text(account))}
${it.address["zh-CN"] === "" ? "" : fact("地址", "Address", stacked(it.address))}${it.contact === "" ? "" : fact("联系方式", "Contact", text(it.contact))}</section>`;
  return `<h2>合同双方 <i>Parties</i></h2><div class="grid two">
${party("甲方（买方）", "Party A (Buyer)", view.buyer, view.account)}${party("乙方（卖方）", "Party B (Seller)", view.seller, null)}</div>`;
}

function orderFacts({ order, term, zone }: OrderView): string {
  return `<h2>订单信息 <i>Order</i><span>本合同所载时间均为 ${text(zone)} 时间 <i>All times in ${text(zone)}</i></span></h2><div class="grid four">
${fact("订单类型", "Type", stacked(order.kind))}${fact("下单时间", "Placed at", text(order.placedAt))}${fact("付款时间", "Paid at", text(order.paidAt ?? ""))}
${fact("服务期限", "Term", `${text(term?.fromFigures ?? "")}<br>– ${text(term?.toFigures ?? "")}`)}</div>`;
}

function orderLines(view: OrderView): string {
  const head = [
    ["序号", "No."],
    ["产品与配置", "Product and configuration"],
    ["数量", "Qty"],
    ["服务期限", "Term"],
    ["目录价", "List price"],
    ["优惠", "Discount"],
    ["金额", "Amount"],
  ];
  const rows = view.lines.map(
    (
      line,
    ) => `<tr><td>${text(line.position)}</td><td>${text(line.name["zh-CN"])} <i>${text(line.name.en)}</i><br><small>${text(line.description)}</small></td>
<td class="n">${text(line.quantity)}</td><td class="t">${text(line.from ?? "")}<br>– ${text(line.to ?? "")}</td>
<td class="n">${line.amounts?.list ?? ""}</td><td class="n">${line.amounts?.discount ?? ""}</td><td class="n">${line.amounts?.total ?? ""}</td></tr>`,
  );
  return `<h2>订购明细 <i>Order lines</i><span>金额单位：${text(view.currency["zh-CN"])} <i>Amounts in ${text(view.currency.en)}</i></span></h2>
<table><thead><tr>${head.map(([zh, en]) => `<th>${zh}<i>${en}</i></th>`).join("")}</tr></thead><tbody>${rows.join("")}</tbody></table>${sums(view)}`;
}

function sums({ totals, currencyCode }: ContractView): string {
  if (!totals) return "";
  const row = (zh: string, en: string, value: string): string =>
    `<tr><td>${zh} <i>${en}</i></td><td class="n">${value}</td></tr>`;
  return `<div class="sums"><div>人民币大写 <i>In words</i><br><b>${totals.capitals ?? ""}</b></div><table>
${row("目录价合计", "List price", totals.list)}${row("优惠合计", "Discount", totals.discount)}
${row("<b>合同总额（含税）</b>", "Total incl. tax", `<b>${currencyCode} ${totals.total}</b>`)}${row("其中税额", "of which tax", totals.tax)}</table></div>`;
}

function clause({ title, text: body }: Clause, index: number): string {
  const number = "一二三四五六七八九"[index] ?? "";
  return `<section class="clause"><h3><span>第${number}条　${title["zh-CN"]}</span><span class="en">${index + 1}. ${title.en}</span></h3>
<div class="parallel"><p>${body["zh-CN"]}</p><p class="en">${body.en}</p></div></section>`;
}

function signatures(view: OrderView, url: string): string {
  return `<section class="signatures"><div class="parallel"><div><p class="role">甲方（买方） <i>Party A (Buyer)</i></p><p class="name">${stacked(view.buyer.name)}</p>
<p>甲方以其经实名认证的账号 ${text(view.account)} 下单确认，无须另行盖章。</p><p class="en">Confirmed by placing the order from the identity-verified account ${text(view.account)}; no seal of Party A is required.</p><p>日期 <i>Date</i> ${stacked(view.order.placedOn)}</p></div>
<div><p class="role">乙方（卖方，电子签章） <i>Party B (Seller, electronic seal)</i></p><p class="name">${stacked(view.seller.name)}</p><div class="seal"></div><p>日期 <i>Date</i> ${stacked(view.requestedOn)}</p></div></div>
<div class="verify">${qrCodeSvg(url)}<div><p class="role">核验合同 <i>Verify this contract</i></p><p>扫描二维码或访问下列网址，核验本合同的真伪与当前效力。</p>
<p class="en">Scan the code or open the address below to check that this contract is genuine and in force today.</p><p><a href="${escaped(url)}">${text(view.verificationUrl)}</a></p></div></div></section>`;
}

function fact(zh: string, en: string, value: string): string {
  return `<div class="fact"><p>${zh} ${en}</p><p>${value}</p></div>`;
}

function stacked(it: Localized): string {
  return it["zh-CN"] === it.en ? text(it.en) : `${text(it["zh-CN"])}<br><i>${text(it.en)}</i>`;
}

/** U+200B marks a place to break, which HTML has an element for. */
function text(raw: string): string {
  return escaped(raw).replaceAll("\u200b", "<wbr>");
}

function escaped(raw: string): string {
  return raw.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}
