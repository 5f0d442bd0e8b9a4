import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { type Static, Type } from "typebox";
import { type Put, putAccount, putPartner, putProduct, putSeller } from "../application/put-parties.ts";
import { isNumberPrefix } from "../domain/contract-number.ts";
import { parseAccountId, parsePartnerId, parseProductCode, parseSellerId } from "../domain/identifiers.ts";
import { PARTNER_KINDS } from "../domain/parties.ts";
import type { SealDesign } from "../domain/seal-design.ts";
import { parseTimeZone } from "../domain/time.ts";
import { actorOf } from "./authentication.ts";
import type { HttpDependencies } from "./dependencies.ts";
import { invalidField } from "./invalid-field.ts";
import { sendFault, sendInputFault } from "./problem-reply.ts";
import { answers } from "./schemas.ts";

const Text = Type.String({ minLength: 1, maxLength: 200, pattern: "\\S" });
const OptionalText = Type.Optional(Type.Union([Type.String({ maxLength: 300 }), Type.Null()]));
const Localized = Type.Object({ "zh-CN": Text, en: Text }, { additionalProperties: false });

const AccountBody = Type.Object(
  {
    identity: Type.Union([
      Type.Object({ state: Type.Literal("unverified") }, { additionalProperties: false }),
      Type.Object(
        {
          state: Type.Literal("verified"),
          kind: Type.Union([Type.Literal("individual"), Type.Literal("enterprise")]),
          legalName: Text,
          legalNameEn: OptionalText,
          registrationNumber: OptionalText,
          address: OptionalText,
        },
        { additionalProperties: false },
      ),
    ]),
    servedBy: Type.Optional(Type.Union([Type.String(), Type.Null()], { description: "Partner, if served by one" })),
  },
  { additionalProperties: false },
);

const PartnerBody = Type.Object(
  { kind: Type.Union(PARTNER_KINDS.map((kind) => Type.Literal(kind))), name: Text, contact: Text },
  { additionalProperties: false },
);

const ProductBody = Type.Object(
  {
    name: Localized,
    selfService: Type.Array(Type.Union([Type.Literal("subscription"), Type.Literal("pay_as_you_go")]), {
      maxItems: 2,
      description: "Ways of billing that can be contracted by self-service; empty: offline contracts only (R3)",
    }),
  },
  { additionalProperties: false },
);

const SealBody = Type.Object(
  {
    number: Type.String({ maxLength: 40, description: "Up to 20 digits along the lower edge; empty for none" }),
    caption: Type.String({ maxLength: 40, description: "Up to 8 characters below the middle; empty for none" }),
    logo: Type.String({
      maxLength: 20_000,
      description: "SVG path data (M L H V C S Q Z, absolute or relative) in a box of 100 by 100; empty for the star",
    }),
    riding: Type.Boolean({ description: "Whether contracts of several pages bear a riding seal across their edges" }),
  },
  { additionalProperties: false, description: "How the seal looks; left out: as it was" },
);

const SellerBody = Type.Object(
  {
    legalName: Localized,
    registrationNumber: Text,
    address: Localized,
    contact: Text,
    numberPrefix: Type.String({ description: "2 to 8 capital letters or digits at the head of its contract numbers" }),
    timeZone: Type.String({ description: "IANA name, such as Asia/Shanghai" }),
    active: Type.Boolean({ description: "False suspends sealing; true needs a seal key (R18)" }),
    quotaLeft: Type.Optional(
      Type.Union([Type.Integer({ minimum: 0, maximum: 1_000_000_000 }), Type.Null()], {
        description: "How many contracts it may still have issued (R18); null: nobody counts; left out: as it was",
      }),
    ),
    seal: Type.Optional(SealBody),
  },
  { additionalProperties: false },
);

const OnlyNewHeader = Type.Object({
  "if-none-match": Type.Optional(
    Type.String({ maxLength: 200, description: "`*`: only where there is none yet (RFC 9110, section 13.1.2)" }),
  ),
});

function wayOf({ headers }: { readonly headers: Static<typeof OnlyNewHeader> }): Put {
  return headers["if-none-match"] === "*" ? "only_new" : "anyway";
}

/** Accounts, partners, catalogue and sellers, as the seller's own systems report them. */
export function partyRoutes(dependencies: HttpDependencies): FastifyPluginAsyncTypebox {
  return async (server) => {
    const response = answers({ 204: Type.Null() });

    server.put(
      "/v1/accounts/:account",
      {
        config: { access: "accounts:write" },
        schema: {
          operationId: "putAccount",
          tags: ["parties"],
          params: Type.Object({ account: Type.String() }),
          body: AccountBody,
          response,
        },
      },
      async (request, reply) => {
        const id = parseAccountId(request.params.account);
        if (!id) return sendFault(request, reply, "not_found");
        const { identity, servedBy = null } = request.body;
        const partner = servedBy === null ? null : parsePartnerId(servedBy);
        if (servedBy !== null && !partner) return sendInputFault(request, reply, invalidField("servedBy", servedBy));
        const verified =
          identity.state === "unverified"
            ? identity
            : {
                ...identity,
                legalName: normal(identity.legalName),
                legalNameEn: normalOrNull(identity.legalNameEn),
                registrationNumber: normalOrNull(identity.registrationNumber),
                address: normalOrNull(identity.address),
              };
        const put = await putAccount(dependencies, actorOf(request), { id, identity: verified, servedBy: partner });
        return put.ok ? reply.code(204).send(null) : sendInputFault(request, reply, put.fault);
      },
    );

    server.put(
      "/v1/partners/:partner",
      {
        config: { access: "catalogue:write" },
        schema: {
          operationId: "putPartner",
          tags: ["parties"],
          params: Type.Object({ partner: Type.String() }),
          headers: OnlyNewHeader,
          body: PartnerBody,
          response,
        },
      },
      async (request, reply) => {
        const id = parsePartnerId(request.params.partner);
        if (!id) return sendFault(request, reply, "not_found");
        const put = await putPartner(dependencies, actorOf(request), { id, ...request.body }, wayOf(request));
        return put.ok ? reply.code(204).send(null) : sendInputFault(request, reply, put.fault);
      },
    );

    server.put(
      "/v1/products/:code",
      {
        config: { access: "catalogue:write" },
        schema: {
          operationId: "putProduct",
          tags: ["parties"],
          params: Type.Object({ code: Type.String() }),
          headers: OnlyNewHeader,
          body: ProductBody,
          response,
        },
      },
      async (request, reply) => {
        const code = parseProductCode(request.params.code);
        if (!code) return sendFault(request, reply, "not_found");
        const put = await putProduct(dependencies, actorOf(request), { code, ...request.body }, wayOf(request));
        return put.ok ? reply.code(204).send(null) : sendInputFault(request, reply, put.fault);
      },
    );

    server.put(
      "/v1/sellers/:seller",
      {
        config: { access: "sellers:write" },
        schema: {
          operationId: "putSeller",
          tags: ["parties"],
          params: Type.Object({ seller: Type.String() }),
          headers: OnlyNewHeader,
          body: SellerBody,
          response: answers({
            200: Type.Object({
              seller: Type.String(),
              canSeal: Type.Boolean({ description: "Active and with a key" }),
            }),
          }),
        },
      },
      async (request, reply) => {
        const id = parseSellerId(request.params.seller);
        if (!id) return sendFault(request, reply, "not_found");
        const { active, timeZone, numberPrefix, seal, ...rest } = request.body;
        const zone = parseTimeZone(timeZone);
        if (!zone) return sendInputFault(request, reply, invalidField("timeZone", timeZone));
        if (!isNumberPrefix(numberPrefix)) {
          return sendInputFault(request, reply, invalidField("numberPrefix", numberPrefix));
        }
        const seller = {
          id,
          ...rest,
          numberPrefix,
          timeZone: zone,
          canSeal: active,
          ...(seal && { seal: tidySeal(seal) }),
        };
        const put = await putSeller(dependencies, actorOf(request), seller, wayOf(request));
        const canSeal = active && (await dependencies.hasSealKey(id));
        return put.ok ? reply.send({ seller: id, canSeal }) : sendInputFault(request, reply, put.fault);
      },
    );
  };
}

function tidySeal({ number, caption, logo, riding }: SealDesign): SealDesign {
  return { number: number.trim(), caption: normal(caption), logo: logo.trim(), riding };
}

function normal(text: string): string {
  return text.trim().normalize("NFC");
}

function normalOrNull(text: string | null | undefined): string | null {
  return text === null || text === undefined || text.trim() === "" ? null : normal(text);
}
