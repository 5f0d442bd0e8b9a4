import { queryOptions } from "@tanstack/react-query";
import { agreed, bodyOf, client } from "./client.ts";
import type { components, operations } from "./schema";

export type Product = components["schemas"]["Product"];
export type Seller = components["schemas"]["Seller"];
export type Partner = components["schemas"]["Partner"];
type BodyOf<Name extends "putProduct" | "putSeller" | "putPartner"> = NonNullable<
  operations[Name]["requestBody"]
>["content"]["application/json"];
export type ProductBody = BodyOf<"putProduct">;
export type SellerBody = BodyOf<"putSeller">;
export type PartnerBody = BodyOf<"putPartner">;

/** Whether something that is there under the same name may be replaced. */
export type Way = "add" | "replace";

const PAGE_SIZE = 30;

export const CATALOGUE_KEY = ["catalogue"] as const;

const queryOf = (q: string, cursor: string) => ({ limit: PAGE_SIZE, ...(q && { q }), ...(cursor && { cursor }) });
const headersOf = (way: Way) => (way === "add" ? { "If-None-Match": "*" } : {});

export function productsQuery(q: string, after: string) {
  return queryOptions({
    queryKey: [...CATALOGUE_KEY, "products", q, after],
    queryFn: () => bodyOf(client.GET("/v1/products", { params: { query: queryOf(q, after) } })),
  });
}

export function productQuery(code: string) {
  return queryOptions({
    queryKey: [...CATALOGUE_KEY, "product", code],
    queryFn: () => bodyOf(client.GET("/v1/products/{code}", { params: { path: { code } } })),
  });
}

/** Whether it is self-service stays as it is: that is the policy's to say. */
export function putProduct(code: string, body: ProductBody, way: Way): Promise<void> {
  return agreed(client.PUT("/v1/products/{code}", { params: { path: { code } }, body, headers: headersOf(way) }));
}

export function sellersQuery(q: string, after: string) {
  return queryOptions({
    queryKey: [...CATALOGUE_KEY, "sellers", q, after],
    queryFn: () => bodyOf(client.GET("/v1/sellers", { params: { query: queryOf(q, after) } })),
  });
}

export function sellerQuery(seller: string) {
  return queryOptions({
    queryKey: [...CATALOGUE_KEY, "seller", seller],
    queryFn: () => bodyOf(client.GET("/v1/sellers/{seller}", { params: { path: { seller } } })),
  });
}

export function putSeller(seller: string, body: SellerBody, way: Way): Promise<void> {
  return agreed(client.PUT("/v1/sellers/{seller}", { params: { path: { seller } }, body, headers: headersOf(way) }));
}

export function partnersQuery(q: string, after: string) {
  return queryOptions({
    queryKey: [...CATALOGUE_KEY, "partners", q, after],
    queryFn: () => bodyOf(client.GET("/v1/partners", { params: { query: queryOf(q, after) } })),
  });
}

export function partnerQuery(partner: string) {
  return queryOptions({
    queryKey: [...CATALOGUE_KEY, "partner", partner],
    queryFn: () => bodyOf(client.GET("/v1/partners/{partner}", { params: { path: { partner } } })),
  });
}

export function putPartner(partner: string, body: PartnerBody, way: Way): Promise<void> {
  return agreed(client.PUT("/v1/partners/{partner}", { params: { path: { partner } }, body, headers: headersOf(way) }));
}
