import type { UseQueryResult } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Button } from "antd";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { EmptyState } from "../../shell/empty-state.tsx";
import { PagedList } from "../../shell/paged-list.tsx";
import { useMay } from "../../shell/use-may.ts";
import { usePageTitle } from "../../shell/use-page-title.ts";
import { CatalogueDrawer } from "./catalogue-drawer.tsx";
import { SearchForm } from "./search-form.tsx";
import { useCatalogueSearch } from "./use-catalogue-search.ts";
import "./catalogue.css";

interface CataloguePageProps<Item> {
  readonly kind: "products" | "sellers" | "partners";
  readonly takesToChange: "catalogue:write" | "sellers:write";
  readonly list: UseQueryResult<Page<Item>>;
  readonly table: (items: readonly Item[]) => ReactNode;
  /** What is in the drawer: the one of this name, or a new one. */
  readonly content: (open: string | null, mayChange: boolean, onSaved: (name: string) => void) => ReactNode;
}

interface Page<Item> {
  readonly items: readonly Item[];
  readonly next: string | null;
}

/** A list of the catalogue with its search, and one of its entries in a drawer over it. */
export function CataloguePage<Item>(props: CataloguePageProps<Item>) {
  const { kind, takesToChange, list, table, content } = props;
  const { t } = useTranslation("desk");
  const navigate = useNavigate();
  const { q, open } = useCatalogueSearch();
  const [adding, setAdding] = useState(false);
  const [saved, setSaved] = useState("");
  const mayChange = useMay()(takesToChange);
  usePageTitle(t(`catalogue.${kind}.heading`));
  const close = () => {
    setAdding(false);
    if (open !== undefined) void navigate({ to: ".", search: ({ open: _open, ...old }) => old, resetScroll: false });
  };
  return (
    <>
      <div className="heading-with-action">
        <h1>{t(`catalogue.${kind}.heading`)}</h1>
        {mayChange && (
          <Button type="primary" onClick={() => setAdding(true)}>
            {t(`catalogue.${kind}.add`)}
          </Button>
        )}
      </div>
      <p className="lead">{t(`catalogue.${kind}.lead`)}</p>
      <div className="filters">
        <SearchForm key={q} q={q} label={t(`catalogue.${kind}.search`)} />
      </div>
      <p className={saved === "" ? "unseen" : "done-line"} role="status">
        {saved !== "" && t("catalogue.saved", { name: saved })}
      </p>
      <PagedList
        list={list}
        empty={
          <EmptyState
            icon={q === "" ? "file" : "search"}
            title={t(q === "" ? `catalogue.${kind}.none` : "catalogue.notFound")}
            text={t(q === "" ? `catalogue.${kind}.noneText` : "catalogue.notFoundText")}
          />
        }
      >
        {table}
      </PagedList>
      {(adding || open !== undefined) && (
        <CatalogueDrawer
          title={open === undefined ? t(`catalogue.${kind}.add`) : `${t(`catalogue.${kind}.one`)} ${open}`}
          onClosed={close}
          content={(closeDrawer) =>
            content(open ?? null, mayChange, (name) => {
              setSaved(name);
              closeDrawer();
            })
          }
        />
      )}
    </>
  );
}
