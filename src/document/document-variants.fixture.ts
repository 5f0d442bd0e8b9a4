import type { BusinessChecklist } from "../domain/business-checklist.ts";
import type { ContractSnapshot } from "../domain/contract-snapshot.ts";
import { CONTRACT_LANGUAGES, type ContractLanguage } from "../domain/localized.ts";
import {
  BUYER,
  billFixture,
  checklistFixture,
  domainFixture,
  lineFixture,
  manyLines,
  marketplaceFixture,
  payAsYouGoFixture,
  snapshotFixture,
  unpaidDomainFixture,
  unpaidFixture,
  withoutNumber,
} from "./contract-snapshot.fixture.ts";
import type { RenderTask } from "./rendered-document.ts";

/** One document of a kind that people get, under a name that a file can have: "domain-unpaid-renewal.en". */
export type DocumentVariant = { readonly name: string } & RenderTask;

/** Every kind of document in every language: each template, paid and unpaid, and what strains the layout. */
export function documentVariants(): readonly DocumentVariant[] {
  return CONTRACT_LANGUAGES.flatMap((language) => [
    ...contracts(language).map(([name, snapshot]) => variant(name, language, { kind: "contract", snapshot })),
    ...previews(language).map(([name, snapshot]) =>
      variant(`preview-${name}`, language, { kind: "preview", snapshot: withoutNumber(snapshot) }),
    ),
    ...checklists(language).map(([name, checklist]) =>
      variant(`checklist-${name}`, language, { kind: "checklist", checklist }),
    ),
  ]);
}

const DOMAIN_SERVICES = ["registration", "renewal", "transfer_in", "redemption", "buyback"] as const;
/** How file names say in which language a document is. */
export const LANGUAGE_SUFFIX = { "zh-CN": "zh", en: "en", "zh-CN+en": "both" } as const satisfies Record<
  ContractLanguage,
  string
>;

function variant(name: string, language: ContractLanguage, task: RenderTask): DocumentVariant {
  return { name: `${name}.${LANGUAGE_SUFFIX[language]}`, ...task };
}

function contracts(language: ContractLanguage): readonly (readonly [string, ContractSnapshot])[] {
  return [
    ["order", snapshotFixture({ language, seal: FULL_SEAL, purchaseOrder: "PO-2026-0815" })],
    ["order-unpaid", unpaidFixture({ language })],
    ["order-demo", snapshotFixture({ language, demo: true })],
    ["order-replacement", snapshotFixture({ language, replaces: "ACME-202610-000007-Q" })],
    ["order-unverified", snapshotFixture({ language, ...UNVERIFIED })],
    ["order-seven-lines", snapshotFixture({ language, ...manyLines(7) })],
    ["order-sixty-lines", snapshotFixture({ language, ...manyLines(60) })],
    ["order-yen", snapshotFixture({ language, ...manyLines(3, "JPY") })],
    ["order-dollars", snapshotFixture({ language, ...manyLines(3, "USD"), ...TAX_ADDED })],
    ["order-long-names", snapshotFixture({ language, ...LONG_NAMES })],
    [
      "order-rare-characters",
      snapshotFixture({ language, buyer: { ...BUYER, nameZh: "䶮堃喆𬭎𫖯𣲗㛃𨭎（香港）有限公司" } }),
    ],
    ["pay-as-you-go", payAsYouGoFixture({ language })],
    ["domain", domainFixture({ language })],
    ...DOMAIN_SERVICES.map(
      (service) => [`domain-unpaid-${service.replace("_", "-")}`, unpaidDomainFixture({ language }, service)] as const,
    ),
    ["marketplace", marketplaceFixture({ language })],
    ["bill", billFixture(3, { language })],
    ["bill-forty-charges", billFixture(40, { language })],
  ];
}

function previews(language: ContractLanguage): readonly (readonly [string, ContractSnapshot])[] {
  return [
    ["order-unpaid", unpaidFixture({ language })],
    ["pay-as-you-go", payAsYouGoFixture({ language })],
    ["domain", unpaidDomainFixture({ language })],
    ["marketplace", marketplaceFixture({ language })],
    ["bill", billFixture(3, { language })],
  ];
}

function checklists(language: ContractLanguage): readonly (readonly [string, BusinessChecklist])[] {
  const { order } = checklistFixture();
  return [
    ["domain", checklistFixture({ language })],
    [
      "order",
      checklistFixture({ language, ...manyLines(5), order: { ...order, domainName: null, domainService: null } }),
    ],
  ];
}

const UNVERIFIED = {
  buyerVerified: false,
  buyer: {
    ...BUYER,
    nameZh: "账号 1029384756610293",
    nameEn: "Account 1029384756610293",
    registrationNumber: "",
    addressZh: "",
    addressEn: "",
  },
} satisfies Partial<ContractSnapshot>;

/** Sixty Chinese characters, 120 Latin ones. */
const LONG_NAMES = {
  buyer: {
    ...BUYER,
    nameZh:
      "新疆维吾尔自治区克孜勒苏柯尔克孜自治州阿合奇县示范性农牧业综合开发与边境贸易进出口物流仓储供应链管理服务股份有限公司分公司",
    nameEn:
      "Kizilsu Kirghiz Autonomous Prefecture Integrated Agriculture, Border Trade Logistics and Supply Chain Management Co., Ltd.",
  },
} satisfies Partial<ContractSnapshot>;

const TAX_ADDED = {
  amounts: { list: "5879.07", discount: "391.93", tax: "329.23", total: "5816.37" },
  lines: [0, 1, 2].map((index) =>
    lineFixture(index, {
      amounts: { list: "1959.69", discount: index === 0 ? "391.93" : "0.00", tax: "109.74", total: "1567.76" },
    }),
  ),
} satisfies Partial<ContractSnapshot>;

const FULL_SEAL = {
  number: "4403051234567",
  caption: "合同专用章",
  logo: "M50 4 96 50 50 96 4 50Z M50 24 24 50 50 76 76 50Z M50 38C58 38 62 42 62 50S58 62 50 62 38 58 38 50 42 38 50 38Z",
  riding: true,
} as const;
