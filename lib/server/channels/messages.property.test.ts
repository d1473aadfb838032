import fc from "fast-check";
import { expect, it } from "vitest";
import type { AccountCtx, Held, Pulled, Ref } from "@/lib/server/channels/channel";
import { anyConversation, type Truth } from "@/lib/server/channels/testing/any-conversation";
import { mercadoLibreOf } from "@/lib/server/channels/testing/mercado-libre-of";
import { abilitiesOf, recipientsOf, spokenOf, tableAgent } from "@/lib/server/channels/testing/truth";
import { client } from "@/lib/server/mercadolibre/testing/edge";
import { AppError } from "@/lib/shared/errors";
import { accountId } from "@/lib/shared/ids";
import { AGENTS } from "@/lib/shared/recipient";
import type { Thread } from "@/lib/shared/thread";
import { messagesChannel } from "./messages";

/** The issue's own number; fewer while one works on it: `RUNS=500`. The seed is fixed; fast-check prints the one that fails. */
const RUNS = Number(process.env.RUNS ?? 10_000);
const SEED = Number(process.env.SEED ?? 20_261_122);

function contextOf(truth: Truth, meli: AccountCtx["meli"]): AccountCtx {
  const isLocal = truth.profile === "LOCAL";
  const others = ["MLM", "MLB", "MCO", "MLC"].filter((site) => site !== truth.siteId);
  return {
    accountId: accountId(isLocal ? truth.sellerId : "900000001"),
    profile: truth.profile,
    siteId: isLocal ? truth.siteId : "CBT",
    sellers: [
      ...(isLocal ? [] : others.map((siteId, index) => ({ userId: `90000001${index}`, siteId }))),
      { userId: truth.sellerId, siteId: truth.siteId },
    ],
    agents: {
      ...AGENTS,
      ...(truth.configuredAgent === null ? {} : { [truth.siteId]: truth.configuredAgent }),
    },
    meli,
  };
}

const threadOf = (truth: Truth, ctx: AccountCtx, { snapshot }: Pulled): Thread => ({
  ...snapshot,
  accountId: ctx.accountId,
  profile: truth.profile,
  channel: "messages",
  buyerId: truth.isBuyerKnown ? truth.buyerId : null,
  isExcepted: truth.isExcepted,
  isStartSpent: truth.isStartSpent,
  claim: null,
  chain: null,
  asked: null,
  listingStatus: null,
  pulledAt: new Date(),
});

/** What an earlier read brought in, when less had been written. */
async function heldOf(truth: Truth, ref: Ref): Promise<Held | null> {
  if (truth.heldShare === null) return null;
  const all = spokenOf(truth);
  const then = all.slice(0, Math.floor(all.length * truth.heldShare));
  const { answer } = mercadoLibreOf({ ...truth, shifts: false }, then);
  const ctx = contextOf(truth, client(answer, { profile: truth.profile }).meli);
  const pulled = await messagesChannel.pull(ctx, ref);
  return pulled.kind === "gone" ? null : pulled.snapshot;
}

/** Equality that costs little while it holds: some of these lists are long, and there are 10,000 of them. */
function same(one: unknown, other: unknown): void {
  if (JSON.stringify(one) !== JSON.stringify(other)) expect(one).toEqual(other);
}

async function check(truth: Truth): Promise<void> {
  const there = mercadoLibreOf(truth);
  const ctx = contextOf(truth, client(there.answer, { profile: truth.profile }).meli);
  const ref = {
    externalId: truth.packId,
    sellerId: truth.spelling % 3 === 0 ? truth.sellerId : null,
    siteId: truth.siteId,
  };
  const pulled = await messagesChannel.pull(ctx, ref, await heldOf(truth, ref));
  if (pulled.kind === "gone") throw new Error(`gone: ${pulled.reason}`);
  const { snapshot } = pulled;

  // What was read is what was written: the newest part of it, oldest first, each by whom it was.
  const part = there.spoken.slice(Math.max(0, there.spoken.length - snapshot.messages.length));
  expect(part.length).toBeGreaterThanOrEqual(Math.min(there.spoken.length, 200));
  // Near the most that is read, "there may be more" is the safe word.
  if (part.length < there.spoken.length) expect(snapshot.isComplete).toBe(false);
  if (there.spoken.length < 480) expect(snapshot.isComplete).toBe(true);
  same(
    snapshot.messages.map((one) => [
      one.id,
      one.fromUserId,
      one.text,
      one.createdAt,
      one.direction,
      one.visibility,
      one.reason,
    ]),
    part.map(({ id, by, text, at, isSellers, turn }) => [
      id,
      by,
      text,
      at,
      isSellers ? "out" : "in",
      ...(turn.isHidden ? ["rejected", "AUTOMATIC_MESSAGE"] : ["visible", null]),
    ]),
  );

  const thread = threadOf(truth, ctx, pulled);
  expect(messagesChannel.abilities(thread)).toEqual(abilitiesOf(truth));

  // Whoever may write writes, and who may not is not asked: the recipient does not depend on it.
  const due = recipientsOf(truth, part, snapshot.isComplete);
  const text = "Su pedido sale hoy.";
  const acted = messagesChannel.act(ctx, thread, snapshot, { kind: "reply", text }, []);
  if (truth.profile === "GLOBAL") {
    await acted;
    expect(there.sent).toEqual([{ text }]);
  } else if (due === null) {
    const refusal = await acted.catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(AppError);
    expect(refusal).toMatchObject({ detail: { reason: "no_recipient" } });
    expect(there.sent).toEqual([]);
  } else {
    await acted;
    expect(there.sent).toEqual(
      due.map((user_id) => ({ from: { user_id: truth.sellerId }, to: { user_id }, text })),
    );
  }
  expect(there.strange).toEqual([]);
}

it("reads 10,000 generated conversations, and neither a wrong nor a refused recipient nor a wrong ability comes of one", async () => {
  const met = new Map<string, number>();
  const count = (what: string) => met.set(what, (met.get(what) ?? 0) + 1);
  await fc.assert(
    fc.asyncProperty(anyConversation, async (truth) => {
      count(`${truth.profile} ${truth.agent}`);
      if (truth.heldShare !== null) count("held");
      if (truth.turns.some(({ times }) => times > 1)) count("long");
      if (truth.agentId !== "the table's" && truth.agentId !== tableAgent(truth)) count("foreign agent");
      await check(truth);
    }),
    { numRuns: RUNS, seed: SEED, endOnFailure: false },
  );
  // The generator meets what it is there for.
  for (const kind of [
    "LOCAL none",
    "LOCAL start",
    "LOCAL midlife",
    "LOCAL silent",
    "GLOBAL none",
    "long",
    "held",
  ]) {
    expect(met.get(kind) ?? 0, kind).toBeGreaterThan(RUNS / 400);
  }
}, 300_000);
