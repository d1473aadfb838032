import type { World } from "@/sandbox/world/world";

interface Guest {
  leave: () => void;
  run: () => Promise<unknown>;
}

/** Notices that wait for their time: a delay, or the next attempt. Everybody can be let go at once. */
export class WaitingRoom {
  private readonly guests = new Set<Guest>();
  private readonly world: World;

  constructor(world: World) {
    this.world = world;
  }

  get size(): number {
    return this.guests.size;
  }

  /** Runs `run` in `ms`; on the sandbox's clock or in real time alone. */
  enter(ms: number, followsClock: boolean, run: () => Promise<unknown>): void {
    const guest: Guest = { run, leave: () => undefined };
    const work = () => {
      this.guests.delete(guest);
      return run();
    };
    guest.leave = this.world.schedule.later(ms, work, { followsClock });
    this.guests.add(guest);
  }

  /** Lets everybody go now who waits now; answers when they are done. */
  async empty(): Promise<void> {
    const leaving = [...this.guests];
    this.guests.clear();
    for (const guest of leaving) guest.leave();
    await Promise.all(leaving.map((guest) => guest.run()));
  }

  clear(): void {
    for (const guest of this.guests) guest.leave();
    this.guests.clear();
  }
}
