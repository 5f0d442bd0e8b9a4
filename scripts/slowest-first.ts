import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Files of ten seconds and more, the longest first: begun last, each would leave the other workers with nothing to do. */
export const SLOWEST = [
  "tests/browser/ways-out.test.ts",
  "src/store/embedded/launcher.test.ts",
  "tests/browser/contracts-page.test.ts",
  "tests/browser/console.test.ts",
  "tests/torture/crash.test.ts",
  "tests/start/first-start.test.ts",
  "tests/start/killed.test.ts",
  "tests/outages.test.ts",
  "tests/backup/backup-and-restore.test.ts",
  "tests/http/failing-storage.test.ts",
  "tests/store/lost-connections.test.ts",
  "tests/torture/model.test.ts",
  "scenarios/late-reports.test.ts",
  "scenarios/unpaid-and-paid.test.ts",
  "tests/torture/storage.test.ts",
];

/** A clean clone does not know how long its test files take; this does. */
export class SlowestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const place = SLOWEST.findIndex((path) => moduleId.endsWith(path));
      return place === -1 ? SLOWEST.length : place;
    };
    return (await super.sort(files)).toSorted((one, other) => rank(one) - rank(other));
  }
}
