import type { InputFault } from "../domain/input-fault.ts";

const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** What is wrong with the address that a buyer goes back to; null when it can be linked to. */
export function unfitReturnUrl(text: string): InputFault | null {
  const url = URL.canParse(text) ? new URL(text) : null;
  const isFit = url?.protocol === "https:" || (url?.protocol === "http:" && LOOPBACK.has(url.hostname));
  if (isFit && url.username === "" && url.password === "") return null;
  return {
    field: "returnUrl",
    message: {
      "zh-CN": "returnUrl：必须是不含用户名和密码的 https 地址，例如 https://shop.example.com/orders。",
      en: "returnUrl: must be an https address without user and password, such as https://shop.example.com/orders.",
    },
  };
}
