import { Button } from "antd";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useOrderWords } from "../../buyer/use-order-words.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { BILLING_MODES } from "../catalogue/catalogue-words.ts";
import { CodeAdder } from "./code-adder.tsx";
import type { BillingMode, RulesEntries } from "./rules-entries.ts";

interface ProductsSettingProps {
  readonly products: RulesEntries["products"];
  readonly names: ReadonlyMap<string, string>;
  /** The one that whoever came here wants to change. */
  readonly wanted: string | undefined;
  readonly onChange: (products: RulesEntries["products"]) => void;
}

/** Which products are self-service in which ways of billing; what is not in the list is not. */
export function ProductsSetting({ products, names, wanted, onChange }: ProductsSettingProps) {
  const { t } = useTranslation("desk");
  const { billing } = useOrderWords();
  const list = useRef<HTMLTableElement>(null);
  useEffect(() => {
    if (wanted !== undefined)
      list.current?.querySelector<HTMLElement>(`#self-service-${CSS.escape(wanted)} input`)?.focus();
  }, [wanted]);
  const toggle = (code: string, mode: BillingMode) =>
    onChange(
      products.map((product) => {
        if (product.code !== code) return product;
        const modes = BILLING_MODES.filter((each) => (each === mode) !== product.modes.includes(each));
        return { code, modes };
      }),
    );
  const { language } = useLanguage();
  const nameOf = (code: string) => names.get(code) ?? code;
  const byName = products.toSorted((left, right) => nameOf(left.code).localeCompare(nameOf(right.code), language));
  return (
    <>
      {products.length > 0 && (
        <div className="scroll-x">
          <table ref={list} className="table products-setting">
            <caption className="unseen">{t("policy.setting.selfServiceProducts")}</caption>
            <thead>
              <tr>
                <th scope="col">{t("catalogue.products.column.name")}</th>
                {BILLING_MODES.map((mode) => (
                  <th key={mode} scope="col" className="tick-column">
                    {billing(mode)}
                  </th>
                ))}
                <th scope="col">
                  <span className="unseen">{t("policy.remove")}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {byName.map(({ code, modes }) => (
                <tr key={code} id={`self-service-${code}`}>
                  <th scope="row">
                    <span className="wrap">{nameOf(code)}</span>
                    <span className="soft small code wrap">{code}</span>
                  </th>
                  {BILLING_MODES.map((mode) => (
                    <td key={mode} className="tick-column" data-label={billing(mode)}>
                      <input
                        type="checkbox"
                        className="check-box"
                        aria-label={t("policy.productMode", { product: nameOf(code), mode: billing(mode) })}
                        checked={modes.includes(mode)}
                        onChange={() => toggle(code, mode)}
                      />
                    </td>
                  ))}
                  <td className="column-action">
                    <Button
                      size="small"
                      aria-label={t("policy.removeFor", { name: nameOf(code) })}
                      onClick={() => onChange(products.filter((product) => product.code !== code))}
                    >
                      {t("policy.remove")}
                    </Button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <CodeAdder
        id="add-product"
        label={t("policy.addProduct")}
        known={names}
        taken={products.filter(({ modes }) => modes.length > 0).map(({ code }) => code)}
        onAdd={(code) =>
          onChange([...products.filter((each) => each.code !== code), { code, modes: ["subscription"] }])
        }
      />
    </>
  );
}
