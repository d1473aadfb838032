import { z } from "zod";
import { withAccount } from "@/lib/server/account-context";
import { pullContext } from "@/lib/server/sync/pull-context";
import { ActSchema, type ActView, type Claim, type ClaimAct } from "@/lib/shared/api/claim";
import { FileSchema, ThreadViewSchema } from "@/lib/shared/api/thread";
import { createHouse, type House, type SignedIn } from "./house";
import { threadOf } from "./outbox";

/** What tests of claims do: lay a claim on a sale, open it, confirm an act, look at what reached Mercado Libre. */

export const PROFILES = [
  { profile: "LOCAL", seller: {}, site: "MLA", root: "/post-purchase/v1/claims" },
  {
    profile: "GLOBAL",
    seller: { siteId: "CBT", marketplaces: ["MLM", "MLB"] },
    site: "MLM",
    root: "/marketplace/v2/claims",
  },
] as const;
export type ProfileCase = (typeof PROFILES)[number];

/** A claim as the simulator holds it, as far as tests look. */
const HeldClaim = z.object({
  id: z.string(),
  stage: z.string(),
  status: z.string(),
  messages: z.array(
    z.object({ author: z.string(), to: z.string(), text: z.string(), attachments: z.array(z.unknown()) }),
  ),
  resolutions: z.array(z.object({ role: z.string(), wish: z.string(), status: z.string() })),
  evidences: z.array(z.unknown()),
  returnCase: z.nullable(z.object({ id: z.string(), review: z.unknown() })),
});

const Audit = z.object({
  by: z.string(),
  act: z.looseObject({ kind: z.string() }),
  confirmed: z.object({ buyer: z.nullable(z.string()), amount: z.unknown() }),
  answer: z.nullable(
    z.object({
      state: z.string(),
      reason: z.nullable(z.string()),
      status: z.nullable(z.number()),
      facts: z.record(z.string(), z.string()),
    }),
  ),
  answered_at: z.nullable(z.date()),
});

export interface OpenClaim {
  owner: SignedIn;
  claimId: string;
  packId: string;
  /** `/api/threads/claims/{claimId}` */
  thread: string;
  view(as?: SignedIn): Promise<z.infer<typeof ThreadViewSchema>>;
  /** Confirms an act as the screen would: with the buyer and the amount that it shows. Whatever comes of it. */
  post(act: ClaimAct, more?: object, as?: SignedIn): Promise<Response>;
  /** The same, well taken. @throws Error when it is not */
  confirm(act: ClaimAct, more?: object): Promise<ActView>;
  addFile(name: string, bytes: Uint8Array): Promise<string>;
  /** Has our store hold something else of the claim than Mercado Libre said, until it is read again: another stage, status or
   *  other actions, for the table of claims.md 7. */
  pretend(changes: Partial<Claim>): Promise<void>;
  /** The claim as the simulator holds it. */
  held(): Promise<z.infer<typeof HeldClaim>>;
  /** Everything but reads that Mercado Libre received of this claim: uploads as well. */
  writes(): ReturnType<House["calls"]>;
  /** What happens next at the door that matches. */
  onWrite(path: string, order: object): Promise<unknown>;
  audits(): Promise<z.infer<typeof Audit>[]>;
}

export interface ClaimHouse {
  house: House;
  /** A claim on a sale of a new seller, read by its owner, its sale as well. No mediator answers by itself, and what is written is
   *  translated at once, unless `settings` say otherwise. */
  open(seed?: object, o?: { in?: ProfileCase; sale?: object; settings?: object }): Promise<OpenClaim>;
}

/** A house whose replies and acts leave at once. */
export async function createClaimHouse(): Promise<ClaimHouse> {
  const house = await createHouse();
  return {
    house,
    async open(seed = {}, { in: where = PROFILES[0], sale = {}, settings = {} } = {}) {
      await house.control("/settings", { claimMediatorAnswersMs: null, claimTranslationMs: 0, ...settings });
      const sellerId = await house.newSeller(where.seller);
      const packId = await house.newThread(sellerId, { siteId: where.site, buyerName: "Lucía Paz", ...sale });
      const made = await house.control("/claims", { packId, claim: seed });
      const claimId = z.object({ id: z.string() }).parse(made).id;
      const owner = await house.signIn(sellerId);
      await house.rt.database.pool.query("update users set undo_seconds = 0 where id = $1", [owner.userId]);
      const claim = claimOf(house, owner, claimId, packId);
      await claim.view();
      const id = await threadOf(house, claimId);
      await withAccount(house.rt, owner.accountId, "open", (ctx) => pullContext(house.rt, ctx, id));
      return claim;
    },
  };
}

function claimOf(house: House, owner: SignedIn, claimId: string, packId: string): OpenClaim {
  const thread = `/api/threads/claims/${claimId}`;
  const view = (as = owner) => house.read(ThreadViewSchema, thread, { as });
  const post = async (act: ClaimAct, more: object = {}, as = owner) => {
    const { row } = await view();
    const amount = act.kind === "partialRefund" ? act.amount : act.kind === "refund" ? row.amount : null;
    const body = { key: crypto.randomUUID(), act, confirmed: { buyer: row.buyer, amount }, ...more };
    return house.call(`${thread}/acts`, { as, method: "POST", body });
  };
  return {
    owner,
    claimId,
    packId,
    thread,
    view,
    post,
    async confirm(act, more) {
      const answer = await post(act, more);
      if (!answer.ok) throw new Error(`${act.kind}: ${answer.status} ${await answer.text()}`);
      return ActSchema.parse(await answer.json());
    },
    async pretend(changes) {
      await house.rt.database.pool.query(
        "update threads set claim = claim || $2::jsonb where channel = 'claims' and external_id = $1",
        [claimId, JSON.stringify(changes)],
      );
    },
    async addFile(name, body) {
      const path = `${thread}/files?name=${encodeURIComponent(name)}`;
      return (await house.read(FileSchema, path, { as: owner, method: "POST", body })).id;
    },
    held: async () => HeldClaim.parse(await house.control(`/claims/${claimId}`)),
    async writes() {
      const { returnCase } = HeldClaim.parse(await house.control(`/claims/${claimId}`));
      const ours = new RegExp(`/claims/${claimId}/|/returns/${returnCase?.id ?? "none"}/`);
      return (await house.calls()).filter(({ method, path }) => method !== "GET" && ours.test(path));
    },
    onWrite: (path, order) => house.control("/faults", { method: "POST", path, times: 1, ...order }),
    async audits() {
      const { rows } = await house.rt.database.pool.query(
        `select a.by, a.act, a.confirmed, a.answer, a.answered_at from audits a join threads t on t.id = a.thread_id
         where t.external_id = $1 order by a.at`,
        [claimId],
      );
      return rows.map((row) => Audit.parse(row));
    },
  };
}
