import { sealFontPaths } from "../src/document/fonts.ts";
import { openRenderPool, type RenderPool } from "../src/document/render-pool.ts";
import { openSealArtist, type SealArtist } from "../src/document/seal-artist.ts";
import { type CheckingProcess, openCheckingProcess } from "../src/verify/checking-process.ts";

let pool: Promise<RenderPool> | null = null;

/**
 * One process that draws for all test files of a worker: to start one takes two seconds of a processor, and what it draws
 * depends on nothing but the snapshot. It ends with the worker.
 */
export async function workerRenderers(): Promise<RenderPool> {
  pool ??= openRenderPool({ processes: 1 });
  const opened = await pool;
  return {
    render: (snapshot) => opened.render(snapshot),
    preview: (snapshot) => opened.preview(snapshot),
    checklist: (checklist) => opened.checklist(checklist),
    pids: () => opened.pids(),
    close: async () => {},
  };
}

let artist: SealArtist | null = null;

/** One that remembers the seals of all test files of a worker: they are the same few sellers' again and again. */
export function workerSealArtist(): SealArtist {
  artist ??= openSealArtist(sealFontPaths());
  return artist;
}

let checking: CheckingProcess | null = null;

/** One that reads uploads for all test files of a worker; it knows nothing from one file to the next. */
export function workerCheckingProcess(): CheckingProcess {
  checking ??= openCheckingProcess();
  const opened = checking;
  return {
    check: (pdf, options, charge) => opened.check(pdf, options, charge),
    read: (pdf, charge) => opened.read(pdf, charge),
    pid: () => opened.pid(),
    close: async () => {},
  };
}
