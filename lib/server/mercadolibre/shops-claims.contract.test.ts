import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { createLab, type Lab } from "@/lib/server/mercadolibre/testing/lab";
import { createSandbox } from "@/sandbox/create-sandbox";
import {
  readActionsHistory,
  readClaim,
  readClaimDetail,
  readClaimMessages,
  readClaimReason,
  readReputation,
  readStatusHistory,
  searchClaims,
} from "./claims";
import { readExpectedResolutions } from "./resolutions";
import { readChanges, readReturn, readReturnCost, readReturnReviews } from "./returns";
import { marketplaceUsers } from "./users";

/** Every claim of every shop of the demo over real HTTP, with all that stands around it. */

let lab: Lab;
let close: () => Promise<void>;

beforeAll(async () => {
  const served = await createSandbox({ scenario: "shops" }).listen();
  close = served.close;
  lab = createLab({ url: served.url });
  await lab.control("/settings", { readsPerMinute: 0, writesPerMinute: 0 });
});

afterAll(() => close());

const State = z.looseObject({ sellers: z.array(z.looseObject({ id: z.string(), siteId: z.string() })) });
const Held = z.looseObject({ claims: z.array(z.looseObject({ id: z.string() })) });

describe("the claims of every shop", () => {
  it("are all found, read with everything around them, and hold nothing odd", async () => {
    const { sellers } = State.parse(await lab.control("/state"));
    const stages = new Set<string>();
    for (const seller of sellers) {
      const profile = seller.siteId === "CBT" ? "GLOBAL" : "LOCAL";
      const { meli, warnings } = await lab.connect(seller.id, profile, "backfill");
      const locals = profile === "GLOBAL" ? await marketplaceUsers(meli, seller.id) : [];
      const users = profile === "GLOBAL" ? locals.map(({ userId }) => userId) : [seller.id];
      const found = new Set<string>();
      for (const userId of users) {
        for (const role of ["respondent", "complainant"] as const) {
          const page = await searchClaims(meli, { userId, role, offset: 0 });
          for (const { id } of page.claims) found.add(id);
        }
      }
      const { claims } = Held.parse(await lab.control(`/claims?sellerId=${seller.id}`));
      expect([...found].toSorted()).toEqual(claims.map(({ id }) => id).toSorted());

      for (const id of found) {
        const claim = await readClaim(meli, id);
        stages.add(claim.stage);
        expect((await readClaimDetail(meli, id)).title).not.toBe("");
        if (claim.reasonId?.startsWith("P")) {
          expect((await readClaimReason(meli, claim.reasonId)).detail).not.toBe("");
        }
        expect((await readActionsHistory(meli, id)).length).toBeGreaterThan(0);
        expect((await readStatusHistory(meli, id)).length).toBeGreaterThan(0);
        expect((await readReputation(meli, id)).effect).not.toBeNull();
        await readClaimMessages(meli, id);
        await readExpectedResolutions(meli, id);
        const back = await readReturn(meli, id);
        expect(back !== null).toBe(claim.relatedEntities?.includes("return") ?? false);
        if (back?.id) await readReturnReviews(meli, back.id);
        if (back) await readReturnCost(meli, id);
        if (claim.relatedEntities?.includes("change")) {
          expect((await readChanges(meli, id)).length).toBe(1);
        }
      }
      expect(warnings).toEqual([]);
    }
    expect([...stages].toSorted()).toEqual(["claim", "dispute", "inspection", "none", "recontact", "stale"]);
  }, 60_000);
});
