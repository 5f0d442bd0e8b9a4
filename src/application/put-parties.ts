import type { AccountId, PartnerId } from "../domain/identifiers.ts";
import type { InputFault } from "../domain/input-fault.ts";
import { BILLING_MODES, type BillingMode } from "../domain/order.ts";
import type { Identity, Partner, Seller } from "../domain/parties.ts";
import { isSelfService, type Product } from "../domain/policy.ts";
import { fail, type Result, succeed } from "../domain/result.ts";
import { faultOfSealDesign, PLAIN_SEAL, type SealDesign } from "../domain/seal-design.ts";
import { auditDraft } from "./draft-audit.ts";
import type { Actor, Clock, GlyphCoverage, Ledger, LedgerTransaction, SealDrawing } from "./ports.ts";
import { undrawableCharacter } from "./undrawable-character.ts";

export interface PutPartiesPorts {
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly glyphs: GlyphCoverage;
}

export interface AccountInput {
  readonly id: AccountId;
  readonly identity: Identity;
  readonly servedBy: PartnerId | null;
}

/** Creates or replaces an account: identity and the partner it is served by. Contracts issued before keep their names. */
export async function putAccount(
  ports: PutPartiesPorts,
  actor: Actor,
  { id, identity, servedBy }: AccountInput,
): Promise<Result<null, InputFault>> {
  const undrawable = findUndrawable(ports.glyphs, identity.state === "verified" ? identity : {}, "identity.");
  if (undrawable) return fail(undrawable);
  return ports.ledger.transaction(async (transaction): Promise<Result<null, InputFault>> => {
    if (servedBy && !(await transaction.partner(servedBy))) return fail(unknownPartner(servedBy));
    await transaction.saveAccount(id, identity, servedBy);
    const detail = { identity: identity.state, partner: servedBy };
    await record(transaction, ports.clock, actor, "account", id, id, detail);
    return succeed(null);
  });
}

/**
 * A seller as it is put: a quota or a seal that is left out stays as it is, and a quota of null means that nobody counts.
 * Its wording is put elsewhere, by two persons.
 */
export type SellerInput = Omit<Seller, "quotaLeft" | "wording" | "seal"> & Partial<Pick<Seller, "quotaLeft" | "seal">>;

/** `only_new`: whoever adds something does not mean to replace what is there under its name. */
export type Put = "anyway" | "only_new";

/** Creates or replaces a seller. What no seal can show is refused here, before a contract waits for its seal. */
export async function putSeller(
  ports: PutPartiesPorts & { readonly sealDrawing: SealDrawing },
  actor: Actor,
  seller: SellerInput,
  put: Put = "anyway",
): Promise<Result<null, InputFault>> {
  const { legalName, address, contact, registrationNumber } = seller;
  const texts = {
    "legalName.zh-CN": legalName["zh-CN"],
    "legalName.en": legalName.en,
    "address.zh-CN": address["zh-CN"],
    "address.en": address.en,
    contact,
    registrationNumber,
  };
  const undrawable = findUndrawable(ports.glyphs, texts, "");
  if (undrawable) return fail(undrawable);
  const illegible = await ports.sealDrawing.findFault(legalName["zh-CN"]);
  if (illegible) return fail(noSealForName(legalName["zh-CN"], illegible));
  const unsealable = seller.seal && (await faultOfSeal(ports, seller.seal));
  if (unsealable) return fail(unsealable);
  return ports.ledger.transaction(async (transaction): Promise<Result<null, InputFault>> => {
    const known = await transaction.seller(seller.id);
    if (known && put === "only_new") return fail(idTaken("seller", seller.id));
    const seal = seller.seal ?? known?.seal ?? PLAIN_SEAL;
    if (await ports.sealDrawing.findFault(legalName["zh-CN"], seal)) return fail(noRoomForName(legalName["zh-CN"]));
    const saved = await transaction.saveSeller(seller, put === "only_new");
    if (saved === "taken") return fail(idTaken("seller", seller.id));
    if (saved !== "saved") return fail(saved === "prefix_taken" ? prefixTaken(seller) : nameTaken(seller));
    await record(transaction, ports.clock, actor, "seller", seller.id, null, { canSeal: String(seller.canSeal) });
    return succeed(null);
  });
}

async function faultOfSeal(
  { glyphs, sealDrawing }: { readonly glyphs: GlyphCoverage; readonly sealDrawing: SealDrawing },
  design: SealDesign,
): Promise<InputFault | null> {
  const fault = faultOfSealDesign(design) ?? findUndrawable(glyphs, { caption: design.caption }, "seal.");
  if (fault || design.caption === "") return fault;
  const illegible = await sealDrawing.findFault(design.caption);
  return illegible ? noSealForCaption(design.caption, illegible) : null;
}

/** A product, and in which ways of billing it is self-service (none: offline contracts only). */
export interface ProductInput extends Product {
  readonly selfService: readonly BillingMode[];
}

/**
 * Creates or replaces a catalogue entry (R2). Where this changes what is self-service, it is a change of the rules and
 * becomes a policy version of its own, so that decisions name a version that says all that decided. A machine of the
 * seller may do that; a person cannot alone, since rules take two.
 */
export async function putProduct(
  ports: PutPartiesPorts,
  actor: Actor,
  { selfService, ...product }: ProductInput,
  put: Put = "anyway",
): Promise<Result<null, InputFault>> {
  const undrawable = findUndrawable(ports.glyphs, { ...product.name }, "name.");
  if (undrawable) return fail(undrawable);
  return ports.ledger.transaction(async (transaction): Promise<Result<null, InputFault>> => {
    const policy = await transaction.lockPolicy();
    if (put === "only_new" && (await transaction.products([product.code])).size > 0) {
      return fail(idTaken("code", product.code));
    }
    const selfServiceProducts = { ...policy.selfServiceProducts, [product.code]: selfService };
    const changesRules = BILLING_MODES.some(
      (mode) => isSelfService(policy, product.code, mode) !== selfService.includes(mode),
    );
    if (changesRules && actor.kind === "desk") return fail(needsTwoPersons(product));
    await transaction.saveProduct(product);
    if (changesRules) {
      const next = { ...policy, version: policy.version + 1, selfServiceProducts };
      await transaction.publishPolicy(next, { origin: "catalogue", publishedBy: `${actor.kind}:${actor.id}` });
    }
    const detail = { selfService: selfService.join(",") };
    await record(transaction, ports.clock, actor, "product", product.code, null, detail);
    if (changesRules) {
      const subject = { kind: "policy", version: policy.version + 1 } as const;
      const because = { replaces: policy.version, product: product.code };
      await auditDraft(transaction, actor, "published", subject, ports.clock.now(), because);
    }
    return succeed(null);
  });
}

export async function putPartner(
  ports: PutPartiesPorts,
  actor: Actor,
  partner: Partner,
  put: Put = "anyway",
): Promise<Result<null, InputFault>> {
  const undrawable = findUndrawable(ports.glyphs, { name: partner.name, contact: partner.contact }, "");
  if (undrawable) return fail(undrawable);
  return ports.ledger.transaction(async (transaction): Promise<Result<null, InputFault>> => {
    const saved = await transaction.savePartner(partner, put === "only_new");
    if (saved === "taken") return fail(idTaken("partner", partner.id));
    await record(transaction, ports.clock, actor, "partner", partner.id, null, { kind: partner.kind });
    return succeed(null);
  });
}

function findUndrawable(
  glyphs: GlyphCoverage,
  texts: Readonly<Record<string, string | null>>,
  path: string,
): InputFault | null {
  for (const [field, text] of Object.entries(texts)) {
    const [character] = glyphs.missingCharacters(text ?? "");
    if (character) return undrawableCharacter(path + field, character);
  }
  return null;
}

async function record(
  transaction: LedgerTransaction,
  clock: Clock,
  actor: Actor,
  kind: "account" | "seller" | "product" | "partner",
  id: string,
  account: AccountId | null,
  detail: Readonly<Record<string, string | null>>,
): Promise<void> {
  await transaction.audit({
    at: clock.now(),
    actor,
    action: `${kind}.put`,
    account,
    objectKind: kind,
    objectId: id,
    policyVersion: null,
    detail,
  });
}

function idTaken(field: "seller" | "code" | "partner", id: string): InputFault {
  return {
    field,
    message: {
      "zh-CN": `${field}：“${id}”已存在，请换一个编号，或打开已有的进行修改。`,
      en: `${field}: "${id}" exists already; choose another, or change the one that there is.`,
    },
  };
}

function unknownPartner(partner: PartnerId): InputFault {
  return {
    field: "servedBy",
    message: {
      "zh-CN": `servedBy：合作伙伴“${partner}”尚未登记，请先登记合作伙伴。`,
      en: `servedBy: partner "${partner}" is not known here; create the partner first.`,
    },
  };
}

function needsTwoPersons({ code }: Product): InputFault {
  return {
    field: "selfService",
    message: {
      "zh-CN": `selfService：产品“${code}”是否支持自助申请属于出具规则，须拟定规则草稿并由另一人发布；产品名称可直接修改。`,
      en: `selfService: whether "${code}" is self-service is a rule; draft a policy and have it published by a second person. Its name can be changed here.`,
    },
  };
}

/** The name fits around a seal, but not beside the number and the caption of this one. */
function noRoomForName(name: string): InputFault {
  const shown = shortened(name);
  return {
    field: "seal",
    message: {
      "zh-CN": `seal：名称“${shown}”较长，与印章编号、印章下方文字无法同时刻下，请缩短或者删除编号、印章下方文字。`,
      en: `seal: "${shown}" leaves no room for the seal's number and caption; shorten these or leave them out.`,
    },
  };
}

function shortened(name: string): string {
  return name.length > 40 ? `${name.slice(0, 40)}…` : name;
}

function noSealForName(name: string, reason: string): InputFault {
  const shown = shortened(name);
  return {
    field: "legalName.zh-CN",
    message: {
      "zh-CN": `legalName.zh-CN：“${shown}”无法刻制印章（名称过长，或含有印章字体没有的字符），请核对登记名称。`,
      en: `legalName.zh-CN: "${shown}" cannot be written around a seal (${reason}); check the registered name.`,
    },
  };
}

function noSealForCaption(caption: string, reason: string): InputFault {
  return {
    field: "seal.caption",
    message: {
      "zh-CN": `seal.caption：“${caption}”无法刻在印章上（含有印章字体没有的字符），请改用其他文字。`,
      en: `seal.caption: "${caption}" cannot be drawn on a seal (${reason}); write something else.`,
    },
  };
}

function prefixTaken({ numberPrefix }: SellerInput): InputFault {
  return {
    field: "numberPrefix",
    message: {
      "zh-CN": `numberPrefix：编号前缀“${numberPrefix}”已被其他卖方使用，请另选一个。`,
      en: `numberPrefix: "${numberPrefix}" is already used by another seller; choose another.`,
    },
  };
}

function nameTaken({ legalName }: SellerInput): InputFault {
  const name = legalName["zh-CN"];
  return {
    field: "legalName.zh-CN",
    message: {
      "zh-CN": `legalName.zh-CN：已有同名卖方“${name}”，请更新该卖方，或核对名称。`,
      en: `legalName.zh-CN: there is a seller named "${name}" already; update that one, or check the name.`,
    },
  };
}
