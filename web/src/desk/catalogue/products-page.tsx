import { productQuery, productsQuery } from "../../api/catalogue.ts";
import { usePageOf } from "../../shell/use-page-of.ts";
import { CataloguePage } from "./catalogue-page.tsx";
import { LoadedEntry } from "./loaded-entry.tsx";
import { ProductFacts } from "./product-facts.tsx";
import { ProductForm } from "./product-form.tsx";
import { ProductsTable } from "./products-table.tsx";
import { useCatalogueSearch } from "./use-catalogue-search.ts";

/** What is sold, and what of it is self-service (R2). */
export function ProductsPage() {
  const { q, after } = useCatalogueSearch();
  const list = usePageOf(productsQuery(q, after));
  return (
    <CataloguePage
      kind="products"
      takesToChange="catalogue:write"
      list={list}
      table={(items) => <ProductsTable products={items} />}
      content={(open, mayChange, onSaved) =>
        open === null ? (
          <ProductForm product={null} onSaved={onSaved} />
        ) : (
          <LoadedEntry query={productQuery(open)}>
            {(product) =>
              mayChange ? <ProductForm product={product} onSaved={onSaved} /> : <ProductFacts product={product} />
            }
          </LoadedEntry>
        )
      }
    />
  );
}
