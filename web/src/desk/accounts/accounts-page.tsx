import { useNavigate, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { type Account, accountsQuery } from "../../api/account-lookup.ts";
import { PATHS } from "../../paths.ts";
import { ColumnTable } from "../../shell/column-table.tsx";
import { EmptyState } from "../../shell/empty-state.tsx";
import { PagedList } from "../../shell/paged-list.tsx";
import { TextField } from "../../shell/text-field.tsx";
import { usePageOf } from "../../shell/use-page-of.ts";
import { usePageTitle } from "../../shell/use-page-title.ts";
import { IdentityTag } from "../account-card.tsx";
import { AccountLink } from "../account-link.tsx";
import { FilterForm } from "../filter-form.tsx";

const COLUMNS = ["account", "name", "registration", "identity", "partner"] as const;

/** Accounts, looked up by id, registration number or name; what is looked for lives in the address. */
export function AccountsPage() {
  const { t } = useTranslation("desk");
  const { q = "", after = "" } = useSearch({ from: "/desk/accounts" });
  const navigate = useNavigate({ from: PATHS.accounts });
  const accounts = usePageOf(accountsQuery(q, after));
  usePageTitle(t("accountsPage.heading"));
  return (
    <>
      <h1>{t("accountsPage.heading")}</h1>
      <p className="lead">{t("accountsPage.lead")}</p>
      <FilterForm
        key={q}
        label={t("accountsPage.search")}
        asked={q !== ""}
        onSearch={(values) => void navigate({ search: typeof values.q === "string" ? { q: values.q } : {} })}
        onClear={() => void navigate({ search: {} })}
      >
        <div className="field-wide">
          <TextField
            id="accounts-q"
            name="q"
            type="search"
            label={t("accountsPage.q")}
            maxLength={100}
            defaultValue={q}
          />
        </div>
      </FilterForm>
      <PagedList
        list={accounts}
        empty={<EmptyState icon="search" title={t("accountsPage.emptyTitle")} text={t("accountsPage.emptyText")} />}
      >
        {(items) => <AccountsTable accounts={items} />}
      </PagedList>
    </>
  );
}

function AccountsTable({ accounts }: { accounts: readonly Account[] }) {
  const { t } = useTranslation("desk");
  return (
    <ColumnTable
      className="labelled"
      caption={t("accountsPage.caption")}
      columns={COLUMNS.map((column) => ({ name: column, label: t(`accountsPage.column.${column}`) }))}
    >
      {accounts.map((account) => (
        <AccountRow key={account.account} account={account} />
      ))}
    </ColumnTable>
  );
}

function AccountRow({ account: { account, identity, servedBy } }: { account: Account }) {
  const { t } = useTranslation("desk");
  const verified = identity.state === "verified" ? identity : null;
  return (
    <tr>
      <th scope="row">
        <AccountLink account={account} />
      </th>
      <td data-label={t("accountsPage.column.name")}>
        <div>
          <span>{verified?.legalName ?? "—"}</span>
          {verified?.legalNameEn && <span className="soft small">{verified.legalNameEn}</span>}
        </div>
      </td>
      <td data-label={t("accountsPage.column.registration")}>
        <span className="code wrap">{verified?.registrationNumber ?? "—"}</span>
      </td>
      <td data-label={t("accountsPage.column.identity")}>
        <IdentityTag identity={identity} />
      </td>
      <td data-label={t("accountsPage.column.partner")}>{servedBy?.name ?? "—"}</td>
    </tr>
  );
}
