import { useNavigate, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import {
  CONTRACT_KINDS,
  CONTRACT_STATES,
  type ContractFilters,
  contractFiltersOf,
} from "../../api/contract-filters.ts";
import { deskContractsQuery } from "../../api/contracts.ts";
import { PATHS } from "../../paths.ts";
import { EmptyState } from "../../shell/empty-state.tsx";
import { PagedList } from "../../shell/paged-list.tsx";
import { TextField } from "../../shell/text-field.tsx";
import { usePageOf } from "../../shell/use-page-of.ts";
import { usePageTitle } from "../../shell/use-page-title.ts";
import { FilterForm } from "../filter-form.tsx";
import { OptionField } from "../option-field.tsx";
import { DeskContractsTable } from "./contracts-table.tsx";

/** Everybody's contracts with what they are worth; what is asked for lives in the address. */
export function DeskContractsPage() {
  const { t } = useTranslation("desk");
  const search = useSearch({ from: "/desk/contracts" });
  const filters = contractFiltersOf({ ...search });
  const contracts = usePageOf(deskContractsQuery(filters, search.after ?? ""));
  usePageTitle(t("contractsPage.heading"));
  return (
    <>
      <h1>{t("contractsPage.heading")}</h1>
      <p className="lead">{t("contractsPage.lead")}</p>
      <ContractFilterForm key={JSON.stringify(filters)} filters={filters} />
      <PagedList
        list={contracts}
        empty={<EmptyState icon="search" title={t("contractsPage.emptyTitle")} text={t("contractsPage.emptyText")} />}
      >
        {(items) => <DeskContractsTable contracts={items} />}
      </PagedList>
    </>
  );
}

function ContractFilterForm({ filters }: { filters: ContractFilters }) {
  const { t } = useTranslation("desk");
  const navigate = useNavigate({ from: PATHS.deskContracts });
  const field = (name: keyof ContractFilters) => ({
    ...{ id: `contracts-${name}`, name, label: t(`contractsPage.filter.${name}`) },
    defaultValue: filters[name] ?? "",
  });
  const states = CONTRACT_STATES.map((value) => ({ value, label: t(`contractsPage.state.${value}`) }));
  const kinds = CONTRACT_KINDS.map((value) => ({ value, label: t(`contractsPage.kind.${value}`) }));
  return (
    <FilterForm
      label={t("contractsPage.filters")}
      asked={Object.keys(filters).length > 0}
      onSearch={(values) => void navigate({ search: contractFiltersOf(values) })}
      onClear={() => void navigate({ search: {} })}
    >
      <TextField {...field("q")} type="search" maxLength={64} />
      <OptionField {...field("state")} options={states} all={t("audit.all")} />
      <OptionField {...field("kind")} options={kinds} all={t("audit.all")} />
      <TextField {...field("account")} maxLength={64} />
    </FilterForm>
  );
}
