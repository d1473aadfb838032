import { buyerWrites } from "@/sandbox/control/buyer-acts";
import { stateOf } from "@/sandbox/messages/state";
import type { Thread } from "@/sandbox/world/model";
import type { World } from "@/sandbox/world/world";

const TICK_MS = 10;
/** Blocks that do not keep a buyer from writing (messages.md 6, "reopen: buyer"). */
const BUYER_MAY_WRITE = new Set(["blocked_by_time", "blocked_by_buyer", "blocked_by_payment"]);

export interface BurstOrder {
  count: number;
  perSecond: number;
  sellerIds?: string[] | undefined;
  packIds?: string[] | undefined;
  text: string;
}

/** Buyers who write at a rate, and when each message was written. */
export interface Burst {
  id: string;
  state: "running" | "done" | "stopped";
  count: number;
  written: number;
  messages: { id: string; packId: string; sellerId: string; text: string; at: string }[];
}

/** Many buyers writing at once, in real time, spread over the conversations. */
export class Bursts {
  private readonly jobs = new Map<string, { burst: Burst; timer: NodeJS.Timeout }>();
  private last = 0;
  private readonly world: World;

  constructor(world: World) {
    this.world = world;
  }

  /** Starts at once and answers at once; null when there is no conversation to write in. */
  start(order: BurstOrder): Burst | null {
    const threads = this.threadsFor(order);
    if (threads.length === 0) return null;
    this.last += 1;
    const id = `burst-${this.last}`;
    const burst: Burst = { id, state: "running", count: order.count, written: 0, messages: [] };
    const startedAt = performance.now();
    const step = () => {
      const due = Math.ceil(((performance.now() - startedAt) / 1_000) * order.perSecond);
      while (burst.written < Math.min(due, order.count)) this.write(burst, threads, order.text);
      if (burst.written < order.count) return;
      burst.state = "done";
      clearInterval(timer);
    };
    const timer = setInterval(step, TICK_MS).unref();
    this.jobs.set(id, { burst, timer });
    return burst;
  }

  get(id: string): Burst | null {
    return this.jobs.get(id)?.burst ?? null;
  }

  /** Writes no more; what was written stays. */
  stop(id: string): Burst | null {
    const job = this.jobs.get(id);
    if (!job) return null;
    clearInterval(job.timer);
    if (job.burst.state === "running") job.burst.state = "stopped";
    return job.burst;
  }

  /** Stops all and forgets them. */
  clear(): void {
    for (const id of this.jobs.keys()) this.stop(id);
    this.jobs.clear();
  }

  private write(burst: Burst, threads: Thread[], text: string): void {
    const thread = threads[burst.written % threads.length];
    if (!thread) return;
    burst.written += 1;
    const message = buyerWrites(this.world, thread, { text: `${text} ${burst.written}` });
    burst.messages.push({
      id: message.id,
      packId: thread.packId,
      sellerId: thread.sellerId,
      text: message.text,
      at: message.createdAt.toISOString(),
    });
  }

  private threadsFor({ packIds, sellerIds }: BurstOrder): Thread[] {
    return [...this.world.threads.values()].filter((thread) => {
      if (packIds) return packIds.includes(thread.packId);
      if (sellerIds && !sellerIds.includes(thread.sellerId)) return false;
      const { status, substatus } = stateOf(this.world, thread);
      return status === "active" || BUYER_MAY_WRITE.has(substatus ?? "");
    });
  }
}
