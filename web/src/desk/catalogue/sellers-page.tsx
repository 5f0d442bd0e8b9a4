import { sellerQuery, sellersQuery } from "../../api/catalogue.ts";
import { usePageOf } from "../../shell/use-page-of.ts";
import { CataloguePage } from "./catalogue-page.tsx";
import { LoadedEntry } from "./loaded-entry.tsx";
import { SellerFacts } from "./seller-facts.tsx";
import { SellerForm } from "./seller-form.tsx";
import { SellersTable } from "./sellers-table.tsx";
import { useCatalogueSearch } from "./use-catalogue-search.ts";

/** Legal entities that sell and seal, and whether they can at present (R18). */
export function SellersPage() {
  const { q, after } = useCatalogueSearch();
  const list = usePageOf(sellersQuery(q, after));
  return (
    <CataloguePage
      kind="sellers"
      takesToChange="sellers:write"
      list={list}
      table={(items) => <SellersTable sellers={items} />}
      content={(open, mayChange, onSaved) =>
        open === null ? (
          <SellerForm seller={null} onSaved={onSaved} />
        ) : (
          <LoadedEntry query={sellerQuery(open)}>
            {(seller) => (
              <>
                <SellerFacts seller={seller} all={!mayChange} />
                {mayChange && <SellerForm seller={seller} onSaved={onSaved} />}
              </>
            )}
          </LoadedEntry>
        )
      }
    />
  );
}
