import { partnerQuery, partnersQuery } from "../../api/catalogue.ts";
import { usePageOf } from "../../shell/use-page-of.ts";
import { CataloguePage } from "./catalogue-page.tsx";
import { LoadedEntry } from "./loaded-entry.tsx";
import { PartnerFacts } from "./partner-facts.tsx";
import { PartnerForm } from "./partner-form.tsx";
import { PartnersTable } from "./partners-table.tsx";
import { useCatalogueSearch } from "./use-catalogue-search.ts";

/** Who provides contracts in our place to the accounts that they serve (R19). */
export function PartnersPage() {
  const { q, after } = useCatalogueSearch();
  const list = usePageOf(partnersQuery(q, after));
  return (
    <CataloguePage
      kind="partners"
      takesToChange="catalogue:write"
      list={list}
      table={(items) => <PartnersTable partners={items} />}
      content={(open, mayChange, onSaved) =>
        open === null ? (
          <PartnerForm partner={null} onSaved={onSaved} />
        ) : (
          <LoadedEntry query={partnerQuery(open)}>
            {(partner) => (
              <>
                <PartnerFacts partner={partner} all={!mayChange} />
                {mayChange && <PartnerForm partner={partner} onSaved={onSaved} />}
              </>
            )}
          </LoadedEntry>
        )
      }
    />
  );
}
