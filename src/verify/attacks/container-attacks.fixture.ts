import { gzipSync } from "node:zlib";
import { type AttackFamily, attacks } from "./attack.fixture.ts";
import { UNSEALED } from "./attacked-contracts.fixture.ts";
import { type Patient, revise } from "./pdf-surgery.fixture.ts";

const behind = (text: string) => (p: Patient) => Buffer.concat([p.pdf, Buffer.from(text, "latin1")]);
const inFront = (text: string) => (p: Patient) => Buffer.concat([Buffer.from(text, "latin1"), p.pdf]);

/** A ZIP archive whose one file is stored, so that the PDF stands in it as it is. */
function zipped(pdf: Buffer): Buffer {
  const name = Buffer.from("contract.pdf");
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt32LE(pdf.length, 18);
  local.writeUInt32LE(pdf.length, 22);
  local.writeUInt16LE(name.length, 26);
  return Buffer.concat([local, name, pdf, directory(name, pdf.length, 0, 30 + name.length + pdf.length)]);
}

function directory(name: Buffer, size: number, offset: number, start: number): Buffer {
  const central = Buffer.alloc(46);
  central.writeUInt32LE(0x02014b50, 0);
  central.writeUInt32LE(size, 20);
  central.writeUInt32LE(size, 24);
  central.writeUInt16LE(name.length, 28);
  central.writeUInt32LE(offset, 42);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length + name.length, 12);
  end.writeUInt32LE(start, 16);
  return Buffer.concat([central, name, end]);
}

export const CONTAINERS: AttackFamily = {
  name: "polyglots and files in files",
  source: "files that are two things at once",
  attacks: attacks([
    ["not_a_pdf", "an HTML page in front", inFront("<!doctype html><script>alert(1)</script><!--\n")],
    ["not_a_pdf", "a shell script in front", inFront("#!/bin/sh\nexit 0\n")],
    ["not_a_pdf", "a program's head in front", inFront("MZ\x90\0")],
    ["not_a_pdf", "a picture's head in front", inFront("GIF89a\x01\0\x01\0")],
    ["not_a_pdf", "white space in front", inFront("\n")],
    ["not_a_pdf", "a comment in front", inFront("% PDF follows\n")],
    ["not_a_pdf", "a thousand zero bytes in front, which readers skip", inFront("\0".repeat(1000))],
    ["malformed_structure", "a second head in front, which moves every offset", inFront("%PDF-1.7\n")],
    ["not_a_pdf", "inside a ZIP archive, as it is", (p) => zipped(p.pdf)],
    ["not_a_pdf", "inside a gzip stream", (p) => gzipSync(p.pdf)],
    ["not_a_pdf", "inside a form of a browser", inFront('--x\r\nContent-Disposition: form-data; name="f"\r\n\r\n')],
    [
      "covers_not_whole_file",
      "a ZIP archive behind",
      (p) => Buffer.concat([p.pdf, directory(Buffer.from("a"), 1, 0, p.pdf.length)]),
    ],
    ["covers_not_whole_file", "an HTML page behind", behind("<script>alert(1)</script>")],
    ["covers_not_whole_file", "a kilobyte of zero bytes behind", behind("\0".repeat(1024))],
    ["covers_not_whole_file", "a megabyte of comments behind", behind("% nothing\n".repeat(100_000))],
    ["malformed_structure", "an unsealed contract, then this one", (p) => Buffer.concat([UNSEALED, p.pdf])],
    ["not_signed", "this one, then an unsealed contract", (p) => Buffer.concat([p.pdf, UNSEALED])],
    ["malformed_structure", "another sealed contract, then this one", (p, { rsa }) => Buffer.concat([rsa.pdf, p.pdf])],
    ["malformed_structure", "this one, then another sealed contract", (p, { rsa }) => Buffer.concat([p.pdf, rsa.pdf])],
    ["covers_not_whole_file", "this one twice", (p) => Buffer.concat([p.pdf, p.pdf])],
    [
      "later_revision_unexplained",
      "this one, then an update that begins with a head of its own",
      (p) => revise(p.pdf, {}, { before: "%PDF-1.7\n" }),
    ],
  ]),
};
