import { z } from "zod";
import { type Connected, createLab, type PROFILES } from "@/lib/server/mercadolibre/testing/lab";

/** Each spelling of claims that the documents leave open, as the sandbox can be set to speak it (claims.md 11). */
export const CLAIM_SPELLINGS: object[] = [
  {},
  {
    claimKeys: "aliases",
    claimDateStyle: "no_seconds",
    claimRestrictionsAt: "nested",
    claimHash: "none",
    claimUploadKey: "filename",
    claimUploadStatus: 201,
    claimSendBody: "text",
    claimReturnType: "return",
    claimFilterNames: "underscored",
    claimFilterErrorForm: "live",
    claimOffersHundred: true,
    claimQuantityNull: true,
  },
  {
    claimDateStyle: "no_offset",
    claimHash: "both",
    claimUploadKey: "file_name",
    claimFilterNames: "dotted",
    claimRefundAnswer: "pending",
    claimReviewAction: "single",
    claimMediatorAt: "everywhere",
    claimMetadata: "warning",
    claimGlobalReturnId: true,
  },
];

const Held = z.looseObject({
  id: z.string(),
  stage: z.string(),
  status: z.string(),
  localSellerId: z.string(),
  messages: z.array(
    z.looseObject({ text: z.string(), attachments: z.array(z.object({ filename: z.string() })) }),
  ),
  returnCase: z.nullable(z.looseObject({ id: z.string(), review: z.unknown() })),
});

/** A claim as it stands on a sale, and the client of its seller. */
export interface ClaimOnSale {
  one: Connected;
  claimId: string;
  packId: string;
  orderId: string;
  buyerId: string;
  /** The user id that the seller goes by in the claim's players. */
  userId: string;
  siteId: string;
  currency: string;
  /** The claim as the sandbox holds it. */
  held(): Promise<z.infer<typeof Held>>;
  control(path: string, body?: object): Promise<unknown>;
  /** A POST of the seller's that our client never makes. @throws Error when it is refused */
  post(path: string, body: object): Promise<void>;
}

/** A sandbox with one seller, one sale and one claim on it (`seed` of sandbox/control/claim-seeds.ts). */
export async function claimOnSale(
  sandbox: Parameters<typeof createLab>[0],
  profile: (typeof PROFILES)[number],
  o: { seed?: object; sale?: object; settings?: object } = {},
): Promise<ClaimOnSale> {
  const lab = createLab(sandbox);
  await lab.control("/settings", { claimMediatorAnswersMs: null, claimTranslationMs: 0, ...o.settings });
  const sellerId = await lab.newSeller(profile);
  const siteId = profile === "LOCAL" ? "MLA" : "MLM";
  const sale = await lab.newThread(sellerId, {
    siteId,
    product: { title: "Auriculares", price: 1_000 },
    shipment: { status: "delivered", logisticType: "drop_off" },
    ...o.sale,
  });
  const read = async (claim: unknown) => Held.parse(await claim);
  const made = await read(lab.control("/claims", { packId: sale.packId, claim: o.seed ?? {} }));
  const one = await lab.connect(sellerId, profile);
  return {
    one,
    claimId: made.id,
    packId: sale.packId,
    orderId: sale.orderIds[0] ?? "",
    buyerId: sale.buyerId,
    userId: made.localSellerId,
    siteId,
    currency: profile === "LOCAL" ? "ARS" : "MXN",
    held: () => read(lab.control(`/claims/${made.id}`)),
    control: lab.control,
    async post(path, body) {
      const authorization = `Bearer ${one.grants.at(-1)?.accessToken ?? ""}`;
      const init = {
        method: "POST",
        headers: { authorization, "content-type": "application/json" },
        body: JSON.stringify(body),
      };
      const answer = await lab.app.fetch?.(`${lab.app.apiUrl}${path}`, init);
      if (answer?.ok !== true) throw new Error(`${path}: ${answer?.status} ${await answer?.text()}`);
    },
  };
}
