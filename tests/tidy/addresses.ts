import { type Check, isTest } from "./tree.ts";

/** Where the console's own addresses and those of files are written down, and the client that the API's description has typed. */
const KNOWS_ADDRESSES = /^web\/src\/(?:paths\.ts|api\/)/;
/** A place that somebody is sent to, or anything of the API. */
const ADDRESS = /\b(?:to|href|src|action)(?:=\{?|: ?)["'`]\/[^"'`]*|["'`]\/(?:v1|auth)\/[^"'`]*/g;

/** An address of the console or the service that is spelt out in a page: it would be forgotten when that one changes. */
export const addressesInOneFile: Check = (tree) =>
  tree
    .filter(({ path }) => /^web\/src\/.*\.tsx?$/.test(path) && !KNOWS_ADDRESSES.test(path) && !isTest(path))
    .flatMap(({ path, text }) =>
      [...text.matchAll(ADDRESS)].map(([found]) => `${path} spells out ${found}: take it from web/src/paths.ts`),
    );
