import type { Notice, Outcome, Sending } from "@/sandbox/notifications/notice";

const KEPT = 200_000;
/** Acknowledgement times are counted in tenths of a millisecond, up to 2 s. */
const SLOTS = 20_001;
const BUCKETS_MS = [1, 2, 5, 10, 20, 50, 100, 200, 300, 400, 500, 1_000, 2_000];

/** Which notices to list. */
export interface NoticeQuery {
  since?: string | undefined;
  topic?: string | undefined;
  userId?: string | undefined;
  resource?: string | undefined;
  outcome?: string | undefined;
  limit?: string | undefined;
}

/** What became of every notice, oldest first; the last 200,000 are kept, the numbers count all. */
export class NoticeLog {
  private list: Notice[] = [];
  private last = 0;
  private readonly acks = new Uint32Array(SLOTS);
  private ackCount = 0;
  private ackMax = 0;
  private outcomes = noOutcomes();
  private sends = { sends: 0, failures: 0, timeouts: 0, copies: 0 };

  add(notice: Omit<Notice, "id" | "outcome" | "attempts" | "sends" | "firstAt">): Notice {
    this.last += 1;
    const kept: Notice = {
      id: this.last,
      ...notice,
      outcome: "pending",
      attempts: 0,
      sends: [],
      firstAt: null,
    };
    this.list.push(kept);
    this.outcomes.pending += 1;
    if (this.list.length > KEPT + 5_000) this.list = this.list.slice(-KEPT);
    return kept;
  }

  /** The notice's fate; a later one replaces it. */
  close(notice: Notice, outcome: Outcome): void {
    this.outcomes[notice.outcome] -= 1;
    this.outcomes[outcome] += 1;
    notice.outcome = outcome;
  }

  /** One POST ended. A send without an answer counts with the time it was waited for. */
  sent(notice: Notice, sending: Sending): void {
    notice.sends.push(sending);
    this.sends.sends += 1;
    if (sending.copy) this.sends.copies += 1;
    if (sending.status !== 200) this.sends.failures += 1;
    if (sending.error === "timeout") this.sends.timeouts += 1;
    if (sending.status === null && sending.error !== "timeout") return;
    this.ackCount += 1;
    this.ackMax = Math.max(this.ackMax, sending.ms);
    const slot = Math.min(SLOTS - 1, Math.round(sending.ms * 10));
    this.acks[slot] = (this.acks[slot] ?? 0) + 1;
  }

  find(wanted: NoticeQuery): object[] {
    const { topic, userId, resource, outcome } = wanted;
    const found = this.list
      .slice(-KEPT)
      .filter(
        (notice) =>
          (!wanted.since || notice.id > Number(wanted.since)) &&
          (!topic || notice.topic === topic) &&
          (!userId || notice.userId === userId) &&
          (!resource || notice.resource === resource) &&
          (!outcome || notice.outcome === outcome),
      );
    const limit = wanted.limit === undefined ? KEPT : Number(wanted.limit);
    return (limit > 0 ? found.slice(-limit) : []).map(viewOf);
  }

  /** How many were sent, arrived, and wait. */
  counts(): { sends: number; delivered: number; pending: number } {
    return {
      sends: this.sends.sends,
      delivered: this.outcomes.delivered,
      pending: this.outcomes.pending,
    };
  }

  totals(): object {
    return { events: this.last, ...this.outcomes, ...this.sends };
  }

  /** Acknowledgement times in ms over all sends that were answered or waited for in vain. */
  ack(): object {
    const buckets = BUCKETS_MS.map((toMs) => ({ toMs, count: this.upTo(toMs) }));
    const [p50, p95, p99] = [this.percentile(0.5), this.percentile(0.95), this.percentile(0.99)];
    return { count: this.ackCount, p50, p95, p99, max: this.ackMax, buckets };
  }

  clear(): void {
    this.list = [];
    this.last = 0;
    this.acks.fill(0);
    this.ackCount = 0;
    this.ackMax = 0;
    this.outcomes = noOutcomes();
    this.sends = { sends: 0, failures: 0, timeouts: 0, copies: 0 };
  }

  private percentile(share: number): number | null {
    if (this.ackCount === 0) return null;
    const wanted = Math.ceil(share * this.ackCount);
    let seen = 0;
    for (let slot = 0; slot < SLOTS; slot += 1) {
      seen += this.acks[slot] ?? 0;
      if (seen >= wanted) return slot / 10;
    }
    return this.ackMax;
  }

  private upTo(ms: number): number {
    let seen = 0;
    for (let slot = 0; slot <= Math.min(SLOTS - 1, ms * 10); slot += 1) seen += this.acks[slot] ?? 0;
    return seen;
  }
}

function noOutcomes(): Record<Outcome, number> {
  return { pending: 0, delivered: 0, dropped: 0, missed: 0, off: 0, refused: 0 };
}

function viewOf(notice: Notice): object {
  const { shape: _shape, isRetried: _retried, firstAt: _firstAt, ...view } = notice;
  return view;
}
