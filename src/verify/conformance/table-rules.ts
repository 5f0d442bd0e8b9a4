import { isArray, isIndex, isName, isString } from "../pdf-lexer.ts";
import { decodeText, stringBytes, textOf } from "../pdf-reading.ts";
import type { ExaminedFile } from "./examined-file.ts";
import type { Rule } from "./rule.ts";
import { attributeOf, type StructureElement, titleOf } from "./structure-elements.ts";

/** Tables, lists and contents: ISO 14289-1, 7.2, 7.5 and 7.6, with ISO 32000-1, 14.8.4.3. */
export const TABLE_RULES: readonly Rule[] = [
  { name: "table-parts", clause: "ISO 14289-1, 7.2 (veraPDF 7.2-3, 7.2-11 to 7.2-14, 7.2-16)", check: tableParts },
  { name: "table-nesting", clause: "ISO 14289-1, 7.2 (veraPDF 7.2-4 to 7.2-10, 7.2-36 to 7.2-38)", check: nesting },
  { name: "table-headers", clause: "ISO 14289-1, 7.5 (veraPDF 7.5-1; Matterhorn 15-003)", check: tableHeaders },
  { name: "header-references", clause: "ISO 14289-1, 7.5 (veraPDF 7.5-2)", check: headerReferences },
  {
    name: "table-grid",
    clause: "ISO 14289-1, 7.2 (veraPDF 7.2-15, 7.2-41 to 7.2-43); ISO 32000-1, 14.8.4.3.4",
    check: tableGrid,
  },
  { name: "lists", clause: "ISO 14289-1, 7.2 and 7.6 (veraPDF 7.2-17 to 7.2-20, 7.2-40)", check: lists },
  { name: "tables-of-contents", clause: "ISO 14289-1, 7.2 (veraPDF 7.2-26 to 7.2-28)", check: tablesOfContents },
];

function childRoles(element: StructureElement): readonly string[] {
  return element.children.map(({ role }) => role ?? "");
}

function* tablesOf({ structure }: ExaminedFile): Iterable<StructureElement> {
  for (const element of structure.elements) if (element.role === "Table") yield element;
}

/** One caption at most, first or last; heads and feet once, and with a body. */
function* tableParts(file: ExaminedFile): Iterable<string> {
  for (const table of tablesOf(file)) {
    const roles = childRoles(table).join(" ");
    const parts = "(TR|THead|TBody|TFoot)";
    const inOrder = new RegExp(`^((Caption )?${parts}( ${parts})*|${parts}( ${parts})*( Caption)?)$`).test(roles);
    const count = (role: string): number => childRoles(table).filter((it) => it === role).length;
    if (!inOrder || count("THead") > 1 || count("TFoot") > 1) yield `${titleOf(table)}: ${roles}`;
    else if (count("THead") + count("TFoot") > 0 && count("TBody") === 0) yield `${titleOf(table)} has no body`;
  }
}

/** Which parents an element needs, and which children it may have. */
const PARENTS: Readonly<Record<string, readonly string[]>> = {
  TR: ["Table", "THead", "TBody", "TFoot"],
  THead: ["Table"],
  TBody: ["Table"],
  TFoot: ["Table"],
  TH: ["TR"],
  TD: ["TR"],
};
const CHILDREN: Readonly<Record<string, readonly string[]>> = {
  TR: ["TH", "TD"],
  THead: ["TR"],
  TBody: ["TR"],
  TFoot: ["TR"],
};

function* nesting({ structure }: ExaminedFile): Iterable<string> {
  for (const element of structure.elements) {
    const role = element.role ?? "";
    if (PARENTS[role]?.includes(element.parent?.role ?? "") === false)
      yield `${titleOf(element)} in ${element.parent?.role}`;
    for (const child of childRoles(element)) {
      if (CHILDREN[role]?.includes(child) === false) yield `${titleOf(element)} holds ${child}`;
    }
  }
}

interface Row {
  readonly cells: readonly StructureElement[];
}

function rowsOf(table: StructureElement): readonly Row[] {
  return table.children.flatMap((part) => {
    if (part.role === "TR") return [{ cells: part.children }];
    return part.children.filter(({ role }) => role === "TR").map(({ children }) => ({ cells: children }));
  });
}

const SCOPES = new Set(["Row", "Column", "Both"]);

/** Readers find the heads of a cell by the scope of the heads, or where one has none, by what every cell names. */
function* tableHeaders(file: ExaminedFile): Iterable<string> {
  for (const table of tablesOf(file)) {
    const cells = rowsOf(table).flatMap((row) => row.cells);
    const heads = cells.filter(({ role }) => role === "TH");
    if (heads.length === 0) yield `${titleOf(table)} has no TH`;
    const named = cells.filter(({ role }) => role === "TD").every((cell) => headersOf(file, cell).length > 0);
    for (const head of heads) {
      const scope = attributeOf(file.document, head, "Table", "Scope");
      const isValid = isName(scope) && SCOPES.has(scope.name);
      if (scope === null ? !named : !isValid) yield `${titleOf(head)} has no /Scope`;
    }
  }
}

const headers = new WeakMap<StructureElement, readonly string[]>();

/** Two rules ask every cell for the heads that it names. */
function headersOf(file: ExaminedFile, cell: StructureElement): readonly string[] {
  const known = headers.get(cell);
  if (known) return known;
  const read = readHeaders(file, cell);
  headers.set(cell, read);
  return read;
}

function readHeaders({ bytes, document }: ExaminedFile, cell: StructureElement): readonly string[] {
  const value = attributeOf(document, cell, "Table", "Headers");
  return (isArray(value) ? value.items : []).map((item) => {
    const resolved = document.resolve(item);
    return isString(resolved) ? decodeText(stringBytes(bytes, resolved)) : "";
  });
}

/** Every head that a cell names is a TH of the same table. */
function* headerReferences(file: ExaminedFile): Iterable<string> {
  for (const table of tablesOf(file)) {
    const cells = rowsOf(table).flatMap((row) => row.cells);
    const heads = new Set(
      cells.filter(({ role }) => role === "TH").map(({ dictionary }) => textOf(file.document, dictionary, "ID")),
    );
    for (const cell of cells) {
      const unknown = headersOf(file, cell).find((id) => !heads.has(id));
      if (unknown !== undefined) yield `${titleOf(cell)} names the head "${unknown}"`;
    }
  }
}

/** With their spans, cells neither overlap nor leave a gap, and all rows have the same number of columns. */
function* tableGrid(file: ExaminedFile): Iterable<string> {
  const span = (cell: StructureElement, key: string): number => {
    const value = attributeOf(file.document, cell, "Table", key);
    return isIndex(value) && value > 0 ? value : 1;
  };
  for (const table of tablesOf(file)) {
    const rows = rowsOf(table);
    const taken: Set<number>[] = rows.map(() => new Set());
    for (const [y, { cells }] of rows.entries()) {
      let x = 0;
      for (const cell of cells) {
        while (taken[y]?.has(x)) x++;
        const [width, height] = [span(cell, "ColSpan"), span(cell, "RowSpan")];
        if (y + height > rows.length) yield `${titleOf(cell)} reaches below its table`;
        for (let down = y; down < Math.min(y + height, rows.length); down++) {
          for (let right = x; right < x + width; right++) {
            if (taken[down]?.has(right)) yield `${titleOf(cell)} lies over another cell`;
            taken[down]?.add(right);
          }
        }
        x += width;
      }
    }
    const columns = Math.max(0, ...taken.map(({ size }) => size));
    const uneven = taken.findIndex((row) => row.size !== columns || Math.max(-1, ...row) !== columns - 1);
    if (uneven >= 0) yield `${titleOf(table)}: row ${uneven + 1} has not ${columns} columns`;
  }
}

function* lists({ structure }: ExaminedFile): Iterable<string> {
  for (const element of structure.elements) {
    const { role, parent } = element;
    const roles = childRoles(element).join(" ");
    if (role === "L" && !/^(Caption( |$))?((L|LI)( (L|LI))*)?$/.test(roles)) yield `${titleOf(element)}: ${roles}`;
    if (role === "LI" && (parent?.role !== "L" || !/^((Lbl|LBody)( (Lbl|LBody))*)?$/.test(roles)))
      yield titleOf(element);
    if (role === "LBody" && parent?.role !== "LI") yield titleOf(element);
  }
}

function* tablesOfContents({ structure }: ExaminedFile): Iterable<string> {
  for (const element of structure.elements) {
    const roles = childRoles(element).join(" ");
    if (element.role === "TOCI" && element.parent?.role !== "TOC") yield titleOf(element);
    if (element.role === "TOC" && !/^(Caption( |$))?((TOC|TOCI)( (TOC|TOCI))*)?$/.test(roles)) yield titleOf(element);
  }
}
