import type { ActOptions, ClaimAct, ShippingEvidence } from "@/lib/shared/api/claim";

/** What a form of shipping evidence asks for, by how the parcel was sent (claims.md 6.1); `?` marks what may stay empty. */
const EVIDENCE_FORMS = {
  mail: ["company", "shippedOn", "tracking?"],
  entrusted: [
    "company",
    "agency",
    "shippedOn",
    "receiver",
    "receiverId?",
    "tracking?",
    "deliveredOn?",
    "email?",
  ],
  personal_delivery: ["deliveredOn"],
  email: ["email", "shippedOn"],
  promise: ["handlingOn"],
} as const;

export type EvidenceMethod = keyof typeof EVIDENCE_FORMS;
export const EVIDENCE_METHODS_ASKED = ["mail", "entrusted", "personal_delivery", "email", "promise"] as const;

const FIELDS = [
  "company",
  "shippedOn",
  "deliveredOn",
  "handlingOn",
  "tracking",
  "agency",
  "receiver",
  "receiverId",
  "email",
] as const;

/** The fields of a form in its order, and which of them must be filled in. Pure. */
export function evidenceFields(method: EvidenceMethod): { name: EvidenceField; isNeeded: boolean }[] {
  return EVIDENCE_FORMS[method].flatMap((asked) => {
    const name = FIELDS.find((field) => field === asked.replace("?", ""));
    return name === undefined ? [] : [{ name, isNeeded: !asked.endsWith("?") }];
  });
}

export type EvidenceField = (typeof FIELDS)[number];
export type EvidenceTyped = Readonly<Partial<Record<EvidenceField, string>>>;

/** The evidence that was filled in, or which fields are still missing. Pure. */
export function evidenceOf(
  method: EvidenceMethod,
  typed: EvidenceTyped,
): { kind: "fine"; evidence: ShippingEvidence } | { kind: "missing"; fields: EvidenceField[] } {
  const value = (name: EvidenceField) => typed[name]?.trim() ?? "";
  const fields = evidenceFields(method).flatMap(({ name, isNeeded }) =>
    isNeeded && value(name) === "" ? [name] : [],
  );
  if (fields.length > 0) return { kind: "missing", fields };
  const maybe = (name: EvidenceField) => (value(name) === "" ? null : value(name));
  const company = value("company");
  const shippedOn = value("shippedOn");
  const tracking = maybe("tracking");
  switch (method) {
    case "mail":
      return { kind: "fine", evidence: { method, company, shippedOn, tracking } };
    case "entrusted":
      return {
        kind: "fine",
        evidence: {
          method,
          company,
          shippedOn,
          tracking,
          agency: value("agency"),
          receiver: value("receiver"),
          receiverId: maybe("receiverId"),
          deliveredOn: maybe("deliveredOn"),
          email: maybe("email"),
        },
      };
    case "personal_delivery":
      return { kind: "fine", evidence: { method, deliveredOn: value("deliveredOn") } };
    case "email":
      return { kind: "fine", evidence: { method, email: value("email"), shippedOn } };
    case "promise":
      return { kind: "fine", evidence: { method, handlingOn: value("handlingOn") } };
  }
}

type ReviewOptions = Extract<ActOptions, { kind: "reviewFail" }>;

/** What was filled in for one reason of a failed return. */
export interface FailureDraft {
  message: string;
  /** Null: the whole parcel. */
  orderId: string | null;
  /** Files that the server holds. */
  files: readonly string[];
  isUploading: boolean;
  hasBadFiles: boolean;
}

export type FailureLack = "reason" | "message" | "files" | "uploading" | "badFiles";

type Failures = Extract<ClaimAct, { kind: "reviewFail" }>["failures"];

/** The failures of a return as they are reported, or what the first incomplete one lacks; photos where Mercado Libre asks
 *  for them (claims.md 6.2). Pure. */
export function failuresOf(
  reasons: ReviewOptions["reasons"],
  drafts: ReadonlyMap<string, FailureDraft>,
): { kind: "fine"; failures: Failures } | { kind: "missing"; lack: FailureLack; reason: string | null } {
  const failures: Failures = [];
  for (const { id, isForOrder, needsFiles } of reasons) {
    const draft = drafts.get(id);
    if (draft === undefined) continue;
    const lack = lackOf(draft, needsFiles);
    if (lack !== null) return { kind: "missing", lack, reason: id };
    failures.push({
      reason: id,
      message: draft.message.trim(),
      files: [...draft.files],
      orderId: isForOrder ? draft.orderId : null,
    });
  }
  return failures.length === 0
    ? { kind: "missing", lack: "reason", reason: null }
    : { kind: "fine", failures };
}

function lackOf(draft: FailureDraft, needsFiles: boolean): FailureLack | null {
  if (draft.message.trim() === "") return "message";
  if (draft.isUploading) return "uploading";
  if (draft.hasBadFiles) return "badFiles";
  return needsFiles && draft.files.length === 0 ? "files" : null;
}
