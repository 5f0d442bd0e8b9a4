import type { SellerId } from "../domain/identifiers.ts";
import type { Localized } from "../domain/localized.ts";
import type { Result } from "../domain/result.ts";
import type { Instant } from "../domain/time.ts";

/**
 * What a key is worth at an instant: the one that seals, one that could, one whose period has not begun or is over, one
 * that was asked for and has no certificate yet, one that no second person has approved, one with a fault.
 */
export type KeyState =
  | "in_use"
  | "usable"
  | "not_yet"
  | "over"
  | "awaiting_certificate"
  | "awaiting_approval"
  | "unusable";

export const KEY_STATE_TEXT = {
  in_use: { "zh-CN": "使用中", en: "in use" },
  usable: { "zh-CN": "备用", en: "could be used" },
  not_yet: { "zh-CN": "尚未启用", en: "not in use yet" },
  over: { "zh-CN": "已到期", en: "over" },
  awaiting_certificate: { "zh-CN": "等待证书", en: "waits for its certificate" },
  awaiting_approval: { "zh-CN": "待双人复核", en: "waits for a second person" },
  unusable: { "zh-CN": "无法使用", en: "cannot be used" },
} as const satisfies Record<KeyState, Localized>;

/** A seal key as whoever looks after keys sees it; the private part never leaves its room. */
export interface SealKeyLine {
  readonly seller: SellerId;
  readonly name: string;
  /** "file", "pkcs11" or "http"; null where key.json does not say. */
  readonly kind: string | null;
  /** "P-256", "RSA-3072" …; null without a certificate. */
  readonly algorithm: string | null;
  /** When it may be used, in whole seconds. */
  readonly from: Instant | null;
  readonly until: Instant | null;
  /** Whole days until `until`; 0 when it is over. */
  readonly daysLeft: number | null;
  readonly state: KeyState;
  readonly fault: Localized | null;
  /** SHA-256 of the seal certificate, hexadecimal; null without one. */
  readonly certificate: string | null;
  /** Whose the certificate says it is. */
  readonly subject: string | null;
}

export const SEAL_KEY_ALGORITHMS = ["p256", "rsa-2048", "rsa-3072"] as const;
export type SealKeyAlgorithm = (typeof SEAL_KEY_ALGORITHMS)[number];

export interface SealKeyRequest {
  readonly seller: SellerId;
  readonly name: string;
  readonly algorithm: SealKeyAlgorithm;
  /** The seller's registered name: the certificate's O. */
  readonly legalName: string;
  /** ISO 3166-1, two letters. */
  readonly countryCode: string;
}

export interface CertificateToInstall {
  readonly seller: SellerId;
  readonly name: string;
  /** PEM: the seal certificate first, then its issuers. */
  readonly certificates: string;
  /** From when the key is used; null: as soon as the certificate is valid. */
  readonly from: Instant | null;
}

/** Where seal keys are looked after. */
export interface KeyDesk {
  /** Every key of the seller, or of all; by seller and name. */
  list(seller: SellerId | null, at: Instant): Promise<readonly SealKeyLine[]>;
  /** Makes a private key, encrypted, and a request for its certificate (PKCS #10, PEM). */
  request(wanted: SealKeyRequest): Promise<Result<{ readonly folder: string; readonly request: string }, Localized>>;
  /** Whether a key is used only once two persons have approved it; false for those of a demonstration. */
  needsApproval(): boolean;
  /** Puts a certificate to its key, once it was tried; nothing is changed when there is a fault. */
  install(certificate: CertificateToInstall, at: Instant): Promise<Result<SealKeyLine, Localized>>;
}
