import type { Texts } from "../../i18n/dictionary.ts";
import type { sealKeysZhCn } from "./seal-keys-zh-cn.ts";

export const sealKeysEn: Texts<typeof sealKeysZhCn> = {
  heading: "Seal keys",
  lead: "The keys that contracts of each seller are sealed with, and how long they last. Private keys are never shown; keys are requested, installed and replaced on the server with orderseal keys, and taking one into use needs two persons.",
  emptyTitle: "No seal keys yet",
  emptyText: "Without a seal key no contract can be issued. Run orderseal keys request on the server.",
  caption: "Seal keys of {{seller}}",
  column: { name: "Key", kept: "Kept in", valid: "Valid", subject: "Subject", fingerprint: "Certificate (SHA-256)" },
  kind: { file: "File on the server", pkcs11: "PKCS #11 module", http: "Signing service" },
  unknown: "Not known",
  noCertificate: "No certificate yet",
  daysLeft_other: "{{count}} days left",
  daysLeft_one: "{{count}} day left",
  to: "–",
  state: {
    in_use: "In use",
    usable: "Could be used",
    not_yet: "Not in use yet",
    over: "Over",
    awaiting_certificate: "Waits for its certificate",
    awaiting_approval: "Waits for a second person",
    unusable: "Cannot be used",
  },
  stateNote: {
    awaiting_certificate: "When the certificate is there, run orderseal keys install on the server.",
    awaiting_approval: "One person proposes it, another approves it.",
    unusable: "orderseal keys list on the server says why.",
  },
  alarm: {
    none: "Lasts long enough",
    within_90_days: "Ends within 90 days",
    within_30_days: "Ends within 30 days",
    within_7_days: "Ends within 7 days",
    cannot_seal: "Cannot seal",
  },
  canSeal_other: "Can seal until {{until}}, {{count}} days from now",
  canSeal_one: "Can seal until {{until}}, {{count}} day from now",
  cannotSeal: "None of its keys can be used now, so that no contract can be issued",
  gap: "The next key is not used before {{moment}}; in between, nothing can be sealed.",
  wayOut:
    "Run orderseal keys request --seller {{seller}} on the server, and orderseal keys install when the certificate is there. An authority may take weeks over it, so begin early.",
  approvals: "Go to approvals",
};
