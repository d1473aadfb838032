import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { ShippingEvidenceSchema } from "@/lib/shared/api/claim";
import {
  EVIDENCE_METHODS_ASKED,
  type EvidenceField,
  evidenceFields,
  evidenceOf,
  type FailureDraft,
  failuresOf,
} from "./claim-forms";

const DAY = "2026-03-02";
const dates: ReadonlySet<EvidenceField> = new Set(["shippedOn", "deliveredOn", "handlingOn"]);

describe("evidenceOf", () => {
  it.each(EVIDENCE_METHODS_ASKED)(
    "is what our API takes once every needed field of %s is filled in",
    (method) => {
      const needed = evidenceFields(method).filter(({ isNeeded }) => isNeeded);
      const typed = Object.fromEntries(needed.map(({ name }) => [name, dates.has(name) ? DAY : " algo "]));
      const filled = evidenceOf(method, typed);
      expect(filled.kind).toBe("fine");
      if (filled.kind === "fine")
        expect(z.safeParse(ShippingEvidenceSchema, filled.evidence).success).toBe(true);
    },
  );

  it.each(EVIDENCE_METHODS_ASKED)(
    "names each needed field of %s that is missing or only spaces",
    (method) => {
      const needed = evidenceFields(method).filter(({ isNeeded }) => isNeeded);
      const names = needed.map(({ name }) => name);
      expect(names.length).toBeGreaterThan(0);
      expect(evidenceOf(method, {})).toEqual({ kind: "missing", fields: names });
      expect(evidenceOf(method, Object.fromEntries(names.map((name) => [name, "  "])))).toEqual({
        kind: "missing",
        fields: names,
      });
    },
  );

  it("leaves out what may be left empty", () => {
    expect(evidenceOf("mail", { company: "Correo", shippedOn: DAY, tracking: " " })).toEqual({
      kind: "fine",
      evidence: { method: "mail", company: "Correo", shippedOn: DAY, tracking: null },
    });
  });
});

describe("failuresOf", () => {
  const reasons = [
    { id: "SRF2", text: null, isForOrder: true, needsFiles: true },
    { id: "SRF7", text: null, isForOrder: false, needsFiles: false },
  ];
  const draft = (o: Partial<FailureDraft> = {}): FailureDraft => ({
    message: "roto",
    orderId: null,
    files: ["a", "b"],
    isUploading: false,
    hasBadFiles: false,
    ...o,
  });

  it("reports each chosen reason with its words and photos", () => {
    expect(failuresOf(reasons, new Map([["SRF2", draft({ message: " roto " })]]))).toEqual({
      kind: "fine",
      failures: [{ reason: "SRF2", message: "roto", files: ["a", "b"], orderId: null }],
    });
  });

  it("says a reason of the whole parcel of no order", () => {
    const filled = failuresOf(reasons, new Map([["SRF7", draft({ files: [], orderId: "2000" })]]));
    expect(filled).toMatchObject({ kind: "fine", failures: [{ orderId: null }] });
  });

  it.each([
    [new Map<string, FailureDraft>(), "reason"],
    [new Map([["SRF2", draft({ message: " " })]]), "message"],
    [new Map([["SRF2", draft({ isUploading: true })]]), "uploading"],
    [new Map([["SRF2", draft({ hasBadFiles: true })]]), "badFiles"],
    [new Map([["SRF2", draft({ files: [] })]]), "files"],
  ])("says what is missing (%#): %s", (drafts, lack) => {
    expect(failuresOf(reasons, drafts)).toMatchObject({ kind: "missing", lack });
  });

  it("takes a reason without photos where Mercado Libre wants none", () => {
    expect(failuresOf(reasons, new Map([["SRF7", draft({ files: [] })]])).kind).toBe("fine");
  });
});
