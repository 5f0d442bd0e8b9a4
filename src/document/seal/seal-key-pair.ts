import { generateKeyPairSync, type KeyObject } from "node:crypto";

/** The keys that we make; others that the verifier accepts can be brought along. */
export const NEW_KEY_TYPES = ["p256", "rsa2048", "rsa3072"] as const;
export type NewKeyType = (typeof NEW_KEY_TYPES)[number];

export interface KeyPair {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

/** A fresh pair; RSA-3072 takes some tenths of a second. */
export function generateSealKeyPair(type: NewKeyType): KeyPair {
  switch (type) {
    case "p256":
      return generateKeyPairSync("ec", { namedCurve: "P-256" });
    case "rsa2048":
      return generateKeyPairSync("rsa", { modulusLength: 2048 });
    case "rsa3072":
      return generateKeyPairSync("rsa", { modulusLength: 3072 });
  }
}

/**
 * PKCS #8 in PEM, encrypted with AES-256. The key is derived by PBKDF2 with few rounds (0.5 ms), which is enough for a
 * passphrase of 256 random bits and for no other.
 */
export function encryptedPem(privateKey: KeyObject, passphrase: string): string {
  return privateKey.export({ type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase }).toString();
}
