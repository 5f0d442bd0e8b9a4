import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { canReadText, textOf } from "../src/document/pdf-text.fixture.ts";
import { brokenInvariants } from "../src/store/invariants/check-books.ts";
import { startTestServer, type TestServer } from "../tests/test-server.ts";
import { type Announcement, announcementsTo, type DoorsOf, openDoors } from "./doors.ts";
import { openPeople, type People } from "./people.ts";
import { StoryClock } from "./story-clock.ts";

/** Demo certificates are made at this instant and last three years: stories play between. */
const FIRST_DAY = "2026-01-01 00:00";

/** What a story is told with: its dates, its people, and what the product says to each of them. */
export interface Story extends People, DoorsOf {
  /** The buyer's account; nobody else's, so that stories do not meet. */
  readonly account: string;
  readonly server: TestServer;
  /**
   * One entry of the diary: the clock goes to "2026-11-12 10:00" by the seller's wall clock, and stays there until the
   * next one. What fails in it is told with its date.
   */
  on<Outcome>(when: string, what: string, act: () => Outcome | Promise<Outcome>): Promise<Outcome>;
  /** What was announced (outbox) about the contract, order or ticket, oldest first. */
  announced(subject: string): Promise<readonly Announcement[]>;
  /** Waits for what the sweep announces, which looks at the clock once a second. */
  waitsFor(type: string, subject: string): Promise<Announcement>;
  /** What a person reads in the file; a story does this last, because without pdftotext it ends here, as skipped. */
  reads(pdf: Uint8Array): string;
}

/** The rules that a story is about stand at the head of its title: "R8, R10: paid on the last day …". */
export type TellStory = (title: string, tell: (story: Story) => Promise<void>) => void;

/**
 * A chapter is a file of stories that share one running product; each has an account of its own, named for the chapter.
 * The product is the real one: HTTP over loopback, PostgreSQL, sealed PDFs. Only its clock is ours. After the last story
 * the books are looked through: whatever was told, every invariant still holds.
 */
export function openChapter(name: string): TellStory {
  const clock = new StoryClock(FIRST_DAY);
  let server: TestServer;
  let count = 0;
  beforeAll(async () => {
    server = await startTestServer({}, { clock });
  });
  afterAll(async () => {
    const broken = await brokenInvariants(server.services.database);
    await server.close();
    expect(broken).toEqual([]);
  });
  return (title, tell) => {
    count += 1;
    const account = `${name}-${count}`;
    test(title, async ({ skip }) => {
      clock.startAt(FIRST_DAY);
      const people = openPeople(server, clock, account);
      await people.seller.opensAccount(account);
      await tell({
        ...people,
        ...openDoors(people, server),
        account,
        server,
        on: (when, what, act) => entry(clock, when, what, act),
        announced: (subject) => announcementsTo(server, subject),
        waitsFor: (type, subject) => waitFor(server, type, subject),
        reads: (pdf) => (canReadText() ? textOf(pdf) : skip("pdftotext is not on PATH")),
      });
    });
  };
}

function waitFor(server: TestServer, type: string, subject: string): Promise<Announcement> {
  const find = async (): Promise<Announcement> => {
    const found = (await announcementsTo(server, subject)).find((announced) => announced.type === type);
    if (!found) throw new Error(`${type} was not announced of ${subject}`);
    return found;
  };
  return vi.waitFor(find, { timeout: 5_000, interval: 50 });
}

async function entry<Outcome>(
  clock: StoryClock,
  when: string,
  what: string,
  act: () => Outcome | Promise<Outcome>,
): Promise<Outcome> {
  clock.goTo(when);
  try {
    return await act();
  } catch (error) {
    if (error instanceof Error) error.message = `${when}: ${what}. ${error.message}`;
    throw error;
  }
}
