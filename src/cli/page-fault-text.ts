import type { PageFault } from "../application/page-look.ts";
import type { Localized } from "../domain/localized.ts";

/** One sentence for each fault of a page, naming the page. */
export function pageFaultText(fault: PageFault): Localized {
  const { page } = fault;
  switch (fault.kind) {
    case "outside_margins":
      return {
        "zh-CN": `第 ${page} 页：文字超出版心：“${fault.text}”`,
        en: `page ${page}: text outside the margins: "${fault.text}"`,
      };
    case "overlapping_text":
      return {
        "zh-CN": `第 ${page} 页：文字相互重叠：“${fault.text}”`,
        en: `page ${page}: text lies over other text: "${fault.text}"`,
      };
    case "unreadable_text":
      return {
        "zh-CN": `第 ${page} 页：含有无法检索和复制的字符`,
        en: `page ${page}: characters that cannot be searched for or copied`,
      };
    case "empty_page":
      return {
        "zh-CN": `第 ${page} 页：除页眉页脚外没有内容`,
        en: `page ${page}: nothing on it but the running head and foot`,
      };
  }
}
