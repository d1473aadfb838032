import { buyerPays, buyerWrites } from "@/sandbox/control/buyer-acts";
import { livingClaim } from "@/sandbox/control/living-claims";
import { livingLine } from "@/sandbox/control/living-lines";
import { livingQuestion } from "@/sandbox/control/living-questions";
import { setState, stateOf } from "@/sandbox/messages/state";
import type { Seller, Thread } from "@/sandbox/world/model";
import { pick } from "@/sandbox/world/random";
import type { World } from "@/sandbox/world/world";

/** Buyers who act by themselves every few seconds: they ask, write, pay, complain, block and come back. */
export class LivingShop {
  private timer: NodeJS.Timeout | null = null;
  private readonly world: World;
  everyMs = 6_000;

  constructor(world: World) {
    this.world = world;
  }

  get isOn(): boolean {
    return this.timer !== null;
  }

  /** Starts, or starts anew with another pace. */
  start(everyMs = this.everyMs): void {
    this.stop();
    this.everyMs = everyMs;
    this.timer = setInterval(() => this.step(), everyMs);
    this.timer.unref();
  }

  stop(): void {
    if (this.timer) clearInterval(this.timer);
    this.timer = null;
  }

  /** One act of one buyer; answers what happened, or null when there is nobody to act. */
  step():
    | { packId: string; act: "writes" | "pays" | "blocks" | "claims" }
    | { questionId: string; act: "asks" }
    | null {
    const { random } = this.world;
    const all = [...this.world.sellers.values()];
    // a shop of classified listings has questions and no sales
    const asked = all.length > 0 && random() < 0.15 ? livingQuestion(this.world, pick(random, all)) : null;
    if (asked) return { questionId: asked, act: "asks" };
    const sellers = all.filter((seller) => this.threadsOf(seller).length > 0);
    if (sellers.length === 0) return null;
    const thread = pick(random, this.threadsOf(pick(random, sellers)));
    const { status, substatus } = stateOf(this.world, thread);
    if (substatus === "blocked_by_payment") {
      buyerPays(this.world, thread);
      return { packId: thread.packId, act: "pays" };
    }
    if (status === "active" && thread.messages.length > 0 && random() < 0.06) {
      setState(this.world, thread, "blocked", "blocked_by_buyer");
      return { packId: thread.packId, act: "blocks" };
    }
    if (random() < 0.05 && livingClaim(this.world, thread)) return { packId: thread.packId, act: "claims" };
    buyerWrites(this.world, thread, livingLine(this.world, thread));
    return { packId: thread.packId, act: "writes" };
  }

  /** Recent sales are livelier; a finally blocked one stays still. */
  private threadsOf(seller: Seller): Thread[] {
    const lively = (this.world.threadsOf.get(seller.id) ?? []).filter((thread) => {
      const { status, substatus } = stateOf(this.world, thread);
      return (
        status === "active" ||
        ["blocked_by_buyer", "blocked_by_time", "blocked_by_payment"].includes(substatus ?? "")
      );
    });
    return lively.toSorted((a, b) => b.soldAt.getTime() - a.soldAt.getTime()).slice(0, 40);
  }
}
