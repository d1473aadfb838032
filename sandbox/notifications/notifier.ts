import { randomUUID } from "node:crypto";
import { leadPointerOf } from "@/sandbox/notifications/lead-pointer";
import { Missed } from "@/sandbox/notifications/missed";
import type { Notice, Shape } from "@/sandbox/notifications/notice";
import { bodyOf } from "@/sandbox/notifications/notice";
import { FateDrawer, NoticeFaults } from "@/sandbox/notifications/notice-faults";
import { NoticeLog } from "@/sandbox/notifications/notice-log";
import type { Deliver, Sent } from "@/sandbox/notifications/sender";
import { Sender } from "@/sandbox/notifications/sender";
import { Subscriptions } from "@/sandbox/notifications/subscriptions";
import type { Pointer } from "@/sandbox/notifications/topics";
import { pointerOf } from "@/sandbox/notifications/topics";
import { WaitingRoom } from "@/sandbox/notifications/waiting-room";
import type { World, WorldEvent } from "@/sandbox/world/world";

/** A user and an application that nobody knows (notifications.md 7.3). */
const UNKNOWN_USER = "799999999";
const FOREIGN_APPLICATION = "9007199254740993777";

/** A notice made by hand. */
export interface FreeNotice extends Pointer {
  clientId: string;
  noticeId: string;
  receivedAt: string;
  shape: Shape;
  isRetried: boolean;
}

/** Tells applications what happened, as notifications.md 2 to 4 say and with the faults that were ordered. */
export class Notifier {
  readonly subscriptions = new Subscriptions();
  readonly log = new NoticeLog();
  readonly missed = new Missed();
  readonly fates = new FateDrawer();
  private readonly world: World;
  private readonly sender: Sender;
  private readonly room: WaitingRoom;
  /** Held back to be sent in another order. */
  private held: (() => void)[] = [];
  private flying = new Set<Promise<void>>();
  /** Moves on when everything is forgotten: what comes back from before counts for nothing. */
  private age = 0;

  constructor(world: World, deliver: Deliver | null = null) {
    this.world = world;
    this.sender = new Sender(deliver);
    this.room = new WaitingRoom(world);
    world.listeners.add((event) => this.hear(event));
  }

  /** One event, one notice per application that may know of it (notifications.md 1), and another where it is a lead too.
   *  Never waits for a send. */
  hear(event: WorldEvent): void {
    for (const { clientId, callbackUrl, topics } of this.subscriptions.all()) {
      if (!callbackUrl) continue;
      if (!this.fates.order.revokedGrant && !this.world.grants.isLive(clientId, event.sellerId)) continue;
      for (const pointer of [pointerOf(this.world, event), leadPointerOf(this.world, event)]) {
        if (pointer && topics.has(pointer.topic)) this.begin(clientId, pointer, event.at);
      }
    }
  }

  /** Sends a notice made by hand, whatever is ticked and whoever granted; answers its id in the log. */
  send({ receivedAt, ...notice }: FreeNotice): number {
    const made = this.log.add({ ...notice, source: "control", at: receivedAt });
    void this.launch(() => this.attempt(made));
    return made.id;
  }

  /** Runs `work` in `ms` of real time, unless everything is forgotten before. */
  after(ms: number, work: () => void): void {
    if (ms === 0) work();
    else this.room.enter(ms, false, async () => work());
  }

  /** Lets go what is held and makes the next attempt of every notice that waits; answers when all have ended. */
  async flush(): Promise<{ attempted: number; delivered: number; pending: number }> {
    const before = this.log.counts();
    // what is held may have a delay to wait for: released first, it goes with those who wait
    for (const release of this.takeHeld()) release();
    await this.room.empty();
    await Promise.all(this.flying);
    const after = this.log.counts();
    return {
      attempted: after.sends - before.sends,
      delivered: after.delivered - before.delivered,
      pending: after.pending,
    };
  }

  /** Forgets the log, what waits and what was filed. */
  clear(): void {
    this.age += 1;
    this.held = [];
    this.room.clear();
    this.log.clear();
    this.missed.clear();
  }

  /** Forgets all that and the faults; who is subscribed stays. */
  reset(): void {
    this.clear();
    this.fates.set(NoticeFaults.parse({}));
  }

  /** Ends all waiting and closes connections. */
  stop(): void {
    this.age += 1;
    this.held = [];
    this.room.clear();
    this.sender.close();
  }

  private begin(clientId: string, { isTextUserId, ...pointer }: Pointer, at: Date): void {
    const fate = this.fates.draw(pointer.topic);
    const { noticeIdPerAttempt } = this.world.settings;
    const idKey = fate?.isMissingId ? "none" : fate?.isPlainId ? "id" : undefined;
    const shape: Shape = {
      ...(idKey ? { idKey } : {}),
      ...(fate?.isTextUserId || isTextUserId ? { isTextUserId: true } : {}),
      ...(fate?.hasNoSlash ? { hasNoSlash: true } : {}),
      ...(noticeIdPerAttempt ? { hasFreshIds: true } : {}),
    };
    const common = { ...pointer, clientId, at: at.toISOString() };
    const notice = this.log.add({
      ...common,
      noticeId: randomUUID(),
      source: "event",
      shape,
      isRetried: true,
    });
    if (fate?.isDropped) {
      this.log.close(notice, "dropped");
    } else if (this.subscriptions.stateOf(clientId, pointer.topic) === "off") {
      // notifications.md 7: in an off topic created -> dropped, and not filed
      this.log.close(notice, "off");
    } else {
      this.hold(() => this.attempt(notice));
      for (let copy = 0; copy < (fate?.copies ?? 0); copy += 1) this.hold(() => this.copy(notice));
    }
    const twin = (more: { userId?: string; shape: Shape }) => {
      const forged = this.log.add({
        ...common,
        ...more,
        noticeId: randomUUID(),
        source: "fault",
        isRetried: false,
      });
      this.hold(() => this.attempt(forged));
    };
    if (fate?.hasUnknownTwin) twin({ userId: UNKNOWN_USER, shape });
    if (fate?.hasForeignTwin) twin({ shape: { ...shape, applicationId: FOREIGN_APPLICATION } });
  }

  /** Sends now, or after the ordered shuffle and delay. */
  private hold(send: () => Promise<void>): void {
    const { reorder, delayMs } = this.fates.order;
    const go = () => {
      if (delayMs > 0) this.room.enter(delayMs, true, () => this.launch(send));
      else void this.launch(send);
    };
    if (!reorder) {
      go();
      return;
    }
    this.held.push(go);
    if (this.held.length > 1) return;
    this.room.enter(reorder.windowMs, true, async () => {
      for (const release of this.takeHeld()) release();
    });
  }

  private takeHeld(): (() => void)[] {
    const { held } = this;
    this.held = [];
    return this.fates.shuffle(held);
  }

  private launch(send: () => Promise<void>): Promise<void> {
    const flight = send().finally(() => this.flying.delete(flight));
    this.flying.add(flight);
    return flight;
  }

  /** One attempt and what follows from it: delivered, again later, filed, or given up (notifications.md 4, 7). */
  private async attempt(notice: Notice): Promise<void> {
    const { clientId, topic } = notice;
    const url = this.subscriptions.callbackOf(clientId);
    const isOff = notice.isRetried && this.subscriptions.stateOf(clientId, topic) === "off";
    if (!url || isOff) return this.log.close(notice, "off");
    const { age } = this;
    const sentAt = this.world.now();
    notice.firstAt ??= { clock: sentAt.getTime(), real: Date.now() };
    notice.attempts += 1;
    const sent = await this.post(notice, url, { attempt: notice.attempts, sentAt, isCopy: false });
    if (age !== this.age) return;
    const { settings } = this.world;
    const isGood = sent.status === 200 && sent.ms <= settings.noticeDeadlineMs;
    if (notice.isRetried) this.subscriptions.judge(clientId, topic, isGood, settings.topicOffAfter);
    if (isGood) {
      this.log.close(notice, "delivered");
      // notifications.md 5: a sample of a missed feed has 200 with 498 ms
      if (settings.fileSlowSuccesses && sent.ms >= settings.slowSuccessMs) this.file(notice, url, sent);
    } else if (!notice.isRetried) {
      this.log.close(notice, "refused");
    } else if (this.subscriptions.stateOf(clientId, topic) === "off") {
      this.log.close(notice, "off");
    } else if (notice.attempts >= settings.retryOffsetsMs.length) {
      this.log.close(notice, "missed");
      this.file(notice, url, sent);
    } else {
      this.retryLater(notice);
    }
  }

  /** notifications.md 7.1: spacing counts from the first send. */
  private retryLater(notice: Notice): void {
    const { retryOffsetsMs, retriesFollowClock } = this.world.settings;
    const { clock, real } = notice.firstAt ?? { clock: 0, real: 0 };
    const since = retriesFollowClock ? this.world.now().getTime() - clock : Date.now() - real;
    const ms = Math.max(0, (retryOffsetsMs[notice.attempts] ?? 0) - since);
    this.room.enter(ms, retriesFollowClock, () => this.launch(() => this.attempt(notice)));
  }

  private async copy(notice: Notice): Promise<void> {
    const url = this.subscriptions.callbackOf(notice.clientId);
    if (!url) return;
    await this.post(notice, url, { attempt: 1, sentAt: this.world.now(), isCopy: true });
  }

  private async post(
    notice: Notice,
    url: string,
    o: { attempt: number; sentAt: Date; isCopy: boolean },
  ): Promise<Sent> {
    const at = o.sentAt.toISOString();
    const { age } = this;
    const body = bodyOf(notice, o.attempt, at);
    const sent = await this.sender.send(url, body, this.world.settings.noticeDeadlineMs);
    if (age === this.age) this.log.sent(notice, { at, attempt: o.attempt, copy: o.isCopy, ...sent });
    return sent;
  }

  private file(notice: Notice, url: string, last: Sent): void {
    this.missed.file(notice, { url, last, now: this.world.now() });
  }
}
