/** The longest a timer of the platform can wait. */
const LONGEST_MS = 2_147_483_647;

interface Entry {
  dueAt: number;
  followsClock: boolean;
  isAwaited: boolean;
  work: () => Promise<unknown>;
  timer: NodeJS.Timeout;
}

export interface LaterOptions {
  /** Moving the sandbox's clock past it makes it due; default yes. */
  followsClock?: boolean;
  /** Whoever moves the clock waits until it is done; default no. */
  isAwaited?: boolean;
}

/** Work for later: real time brings it, and so does moving the sandbox's clock. */
export class Schedule {
  private readonly waiting = new Set<Entry>();
  private readonly now: () => Date;

  constructor(now: () => Date) {
    this.now = now;
  }

  /** Runs `work` once, `ms` from now; answers how to call it off. `work` must not reject. */
  later(ms: number, work: () => Promise<unknown>, o: LaterOptions = {}): () => void {
    const { followsClock = true, isAwaited = false } = o;
    const dueAt = this.now().getTime() + ms;
    const fire = () => void this.run(entry);
    const entry: Entry = { dueAt, followsClock, isAwaited, work, timer: this.arm(ms, fire) };
    this.waiting.add(entry);
    return () => this.take(entry);
  }

  /** The clock was moved: runs what is due in its order, and shortens the wait of the rest. */
  async moved(): Promise<void> {
    const now = this.now().getTime();
    const following = [...this.waiting].filter((entry) => entry.followsClock);
    const due = following.filter((entry) => entry.dueAt <= now).sort((a, b) => a.dueAt - b.dueAt);
    for (const entry of following) {
      if (entry.dueAt <= now) continue;
      clearTimeout(entry.timer);
      entry.timer = this.arm(entry.dueAt - now, () => void this.run(entry));
    }
    await Promise.all(
      due.map((entry) => {
        const done = this.run(entry);
        return entry.isAwaited ? done : undefined;
      }),
    );
  }

  /** Forgets everything that waits. */
  clear(): void {
    for (const entry of this.waiting) this.take(entry);
  }

  private arm(ms: number, fire: () => void): NodeJS.Timeout {
    return setTimeout(fire, Math.min(Math.max(0, ms), LONGEST_MS)).unref();
  }

  private take(entry: Entry): void {
    clearTimeout(entry.timer);
    this.waiting.delete(entry);
  }

  private async run(entry: Entry): Promise<void> {
    this.take(entry);
    await entry.work();
  }
}
