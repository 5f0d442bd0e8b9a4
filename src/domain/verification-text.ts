import type { Localized } from "./localized.ts";
import type { SignatureState, VerificationReason } from "./verification-reason.ts";

/** The one sentence in which each reason is told, at the terminal, by the API and on the verification page. */
const reasonSentences = {
  too_large: {
    "zh-CN": "文件过大，或者内容多到超出核验上限，未作判断。",
    en: "The file is larger, or holds more, than is checked here; it was not judged.",
  },
  not_a_pdf: { "zh-CN": "这不是 PDF 文件。", en: "This is not a PDF file." },
  covers_not_whole_file: {
    "zh-CN": "电子签章没有覆盖整个文件，文件中有签章范围之外的内容。",
    en: "The seal does not cover the whole file: there is content outside it.",
  },
  malformed_structure: {
    "zh-CN": "文件结构不符合 PDF 规范，可能已损坏或被改动。",
    en: "The file is not built as a PDF must be: it is damaged or was tampered with.",
  },
  structure_not_supported: {
    "zh-CN": "文件采用了无法核验的结构，例如已加密，或者被其他软件另存过。",
    en: "The file has a structure that cannot be checked: it is encrypted, or other software has saved it anew.",
  },
  not_signed: { "zh-CN": "文件没有电子签章。", en: "The file carries no electronic seal." },
  more_than_one_signature: {
    "zh-CN": "文件中有多个电子签名；合同应当只有一个电子签章。",
    en: "The file carries more than one signature; a contract has exactly one seal.",
  },
  later_revision_changes_content: {
    "zh-CN": "签章之后，文件又被增量修改，内容已与签章时不同。",
    en: "The file was changed by a revision that was added after it was sealed.",
  },
  later_revision_unexplained: {
    "zh-CN": "签章之后，文件又被追加了数据，无法确认内容没有因此改变。",
    en: "Data was added to the file after it was sealed; whether it leaves the content alone cannot be told.",
  },
  byte_range_invalid: {
    "zh-CN": "签章标示的覆盖范围不正确，文件可能被改动过。",
    en: "The range of bytes that the seal claims to cover is wrong: the file may have been altered.",
  },
  signature_format_not_supported: {
    "zh-CN": "电子签名不是合同电子签章所用的格式（PAdES）。",
    en: "The signature is not of the kind that seals contracts (PAdES).",
  },
  not_certified: {
    "zh-CN": "签章没有锁定文件内容，允许事后修改。",
    en: "The seal does not lock the content: it permits later changes.",
  },
  malformed_signature: {
    "zh-CN": "签章数据的编码不符合规范。",
    en: "The data of the seal is not encoded as the standard demands.",
  },
  more_than_one_signer: {
    "zh-CN": "一个签章中的签名者不止一个，不符合规范。",
    en: "One seal does not name exactly one signer, as the standard demands.",
  },
  signed_attributes_missing: {
    "zh-CN": "签章缺少规范要求的签名属性。",
    en: "The seal lacks attributes that the standard demands.",
  },
  algorithm_not_accepted: {
    "zh-CN": "签章使用的算法或密钥长度不被认可，例如 SHA-1。",
    en: "The seal uses an algorithm or a length of key that is not accepted, such as SHA-1.",
  },
  digest_mismatch: {
    "zh-CN": "文件内容在签章之后被改动过。",
    en: "The content was altered after it was sealed.",
  },
  signing_certificate_mismatch: {
    "zh-CN": "签章所附的证书与其声明的签名证书不一致。",
    en: "The certificate in the seal is not the one that it claims to be made with.",
  },
  signature_invalid: {
    "zh-CN": "签名值与证书不匹配，签章无效。",
    en: "The seal was not made with the key of its certificate: it is not valid.",
  },
  unsigned_content: {
    "zh-CN": "签章数据中夹带了未经签名的内容。",
    en: "The data of the seal holds something that nobody signed.",
  },
  timestamp_invalid: { "zh-CN": "时间戳无效。", en: "The timestamp is not valid." },
  archive_data_invalid: {
    "zh-CN": "长期存档数据无效：其中有未经相应机构签名的内容。",
    en: "The archive data is not valid: something in it was not signed by whom it should be.",
  },
  chain_untrusted: {
    "zh-CN": "签章证书不是由此处信任的机构签发的。",
    en: "The seal’s certificate does not come from an authority that is trusted here.",
  },
  certificate_not_for_sealing: {
    "zh-CN": "签章证书的用途不包括对文件签章。",
    en: "The certificate is not meant for sealing documents.",
  },
  certificate_expired_before_signing: {
    "zh-CN": "时间戳表明，签章时证书已经过期。",
    en: "The certificate had expired before the file was sealed, as its timestamp proves.",
  },
  certificate_not_yet_valid: {
    "zh-CN": "签章时证书尚未生效。",
    en: "The certificate was not valid yet when the file was sealed.",
  },
  certificate_expired_without_timestamp: {
    "zh-CN": "签章证书已经过期，且没有可信时间戳证明签章早于到期时间。",
    en: "The certificate has expired, and no trusted timestamp proves that the seal is older than that.",
  },
  timestamp_untrusted: {
    "zh-CN": "时间戳不是由此处信任的时间戳机构签发的。",
    en: "The timestamp does not come from an authority that is trusted here.",
  },
  certificate_revoked: {
    "zh-CN": "在能够证明的签章时间之前，签章所依据的证书已被吊销。",
    en: "A certificate that the seal rests on was revoked before the time that is proven for it.",
  },
  too_complex: {
    "zh-CN": "文件过于复杂，核验所需的时间或内存超过上限，未作判断。",
    en: "Checking the file takes more time or memory than is spent on one; it was not judged.",
  },
  verifier_fault: {
    "zh-CN": "核验未能完成，文件未作判断，请稍后再试。",
    en: "The check could not be completed and the file was not judged. Try again later.",
  },
  intact: {
    "zh-CN": "电子签章完好，文件自签章后未被改动。",
    en: "The seal is intact and the file unaltered since.",
  },
  not_issued_here: {
    "zh-CN": "电子签章完好，但本系统没有出具过这份文件。",
    en: "The seal is intact, but this system has not issued this file.",
  },
  uploaded_not_sealed_here: {
    "zh-CN": "与卖方合同专员上传的该订单合同文件完全一致，但并非由本系统签章。",
    en: "This is exactly the file that the seller’s contract desk uploaded as the order’s contract; this system did not seal it.",
  },
} as const satisfies Record<VerificationReason, Localized>;

export function reasonSentence(reason: VerificationReason): Localized {
  return reasonSentences[reason];
}

/** What is told of the signatures of a file that was not issued here. */
const signatureSentences = {
  sound: {
    "zh-CN": "文件上的电子签名完好，覆盖整个文件，签名之后未被改动。",
    en: "The signature on the file is sound: it covers the whole file, which is unaltered since.",
  },
  partial: {
    "zh-CN": "电子签名本身完好，但只覆盖文件较早的版本，签名之后又追加了内容。",
    en: "The signature is sound over an earlier state of the file only: something was added after it.",
  },
  broken: {
    "zh-CN": "电子签名与文件不符：签名无效，或者文件在签名之后被改动过。",
    en: "The signature does not fit the file: it is not valid, or the file was altered after it was signed.",
  },
  unknown: {
    "zh-CN": "无法判断文件上的电子签名是否完好。",
    en: "Whether the signature on the file is sound cannot be told here.",
  },
  none: { "zh-CN": "文件上没有电子签名。", en: "The file carries no electronic signature." },
} as const satisfies Record<SignatureState, Localized>;

export function signatureSentence(state: SignatureState): Localized {
  return signatureSentences[state];
}
