import type { ClaimAct } from "@/lib/shared/api/claim";
import { ActOptionsSchema } from "@/lib/shared/api/claim";
import type { OpenClaim } from "./claim-house";
import type { House } from "./house";

/** Every act of a claim, on a claim that offers it, with the door that it goes through. */
export interface KindCase {
  kind: ClaimAct["kind"];
  /** The claim and its sale. */
  seed: object;
  sale?: object;
  make(house: House, claim: OpenClaim): Promise<ClaimAct>;
  /** Of the call that does it. */
  door: RegExp;
  isLocalOnly?: boolean;
}

export const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

/** A day so many days before today, as evidence names it. */
export const daysAgo = (days: number): string =>
  new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);

/** A part of the money as Mercado Libre offers it now. */
export async function offerOf(house: House, claim: OpenClaim, percentage: number): Promise<ClaimAct> {
  const answer = await house.read(ActOptionsSchema, `${claim.thread}/options/partialRefund`, {
    as: claim.owner,
  });
  const offers = answer.kind === "partialRefund" ? answer.offers : [];
  const offer = offers.find((one) => one.percentage === percentage);
  if (offer === undefined) throw new Error(`${percentage} % is not offered: ${JSON.stringify(answer)}`);
  return { kind: "partialRefund", ...offer };
}

const returned = {
  openedHoursAgo: 90,
  messages: [{ from: "seller", text: "Devolvémelo", hoursAgo: 80 }],
  return: { status: "delivered", hoursAgo: 70, deliveredHoursAgo: 5 },
};
const notArrived = { reasonId: "PNR9502", openedHoursAgo: 30 };
const ownCarrier = { shipment: null };

export const KINDS: readonly KindCase[] = [
  { kind: "refund", seed: {}, make: async () => ({ kind: "refund" }), door: /resolutions\/refund$/ },
  {
    kind: "partialRefund",
    seed: {},
    make: (house, claim) => offerOf(house, claim, 30),
    door: /resolutions\/partial-refund$/,
  },
  { kind: "allowReturn", seed: {}, make: async () => ({ kind: "allowReturn" }), door: /allow-return$/ },
  {
    kind: "allowReplace",
    seed: {},
    sale: { shipment: { status: "delivered", logisticType: "fulfillment" } },
    make: async () => ({ kind: "allowReplace" }),
    door: /allow-replace$/,
    isLocalOnly: true,
  },
  {
    kind: "openDispute",
    seed: { openedHoursAgo: 5, messages: [{ from: "seller", text: "Ya lo miro", hoursAgo: 1 }] },
    make: async () => ({ kind: "openDispute" }),
    door: /open-dispute$/,
  },
  {
    kind: "evidence",
    seed: notArrived,
    sale: ownCarrier,
    make: async (_house, claim) => ({
      kind: "evidence",
      evidence: { method: "mail", company: "Andreani", shippedOn: daysAgo(3), tracking: "AR123" },
      files: [await claim.addFile("guía (1).png", PNG)],
    }),
    door: /actions\/evidences$/,
    isLocalOnly: true,
  },
  {
    kind: "reviewOk",
    seed: returned,
    make: async () => ({ kind: "reviewOk" }),
    door: /return-review$/,
  },
  {
    kind: "reviewFail",
    seed: returned,
    make: async (_house, claim) => ({
      kind: "reviewFail",
      failures: [
        {
          reason: "SRF2",
          message: "Llegó roto",
          files: [await claim.addFile("roto 1.png", PNG), await claim.addFile("roto 2.png", PNG)],
          orderId: null,
        },
      ],
    }),
    door: /return-review$/,
  },
];

/** One act of each kind that nothing is wrong with but that a claim may not offer it. No file is named: evidence needs none, nor
 *  does a failure for another reason. */
export const FORGED: readonly ClaimAct[] = [
  { kind: "refund" },
  { kind: "partialRefund", percentage: 30, amount: { minor: 100, currency: "ARS" } },
  { kind: "allowReturn" },
  { kind: "allowReplace" },
  { kind: "openDispute" },
  {
    kind: "evidence",
    evidence: { method: "mail", company: "OCA", shippedOn: daysAgo(2), tracking: null },
    files: [],
  },
  { kind: "reviewOk" },
  { kind: "reviewFail", failures: [{ reason: "SRF6", message: "No sirve", files: [], orderId: null }] },
];

/** One of them. */
export function kindCase(kind: ClaimAct["kind"]): KindCase {
  const found = KINDS.find((one) => one.kind === kind);
  if (found === undefined) throw new Error(`no case of ${kind}`);
  return found;
}
