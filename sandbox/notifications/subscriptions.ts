import { TOPICS } from "@/sandbox/notifications/topics";

/** A topic as the DevCenter shows it: ticked, and switched off or not (notifications.md 4, 7). */
interface TopicState {
  on: boolean;
  /** Consecutive failed sends. */
  failures: number;
}

/** One application's callback and ticked topics: one URL per application (notifications.md 1). */
export interface Subscription {
  clientId: string;
  callbackUrl: string | null;
  topics: Map<string, TopicState>;
}

/** Who is told about what. Nobody is, until a callback is registered. */
export class Subscriptions {
  private readonly byClient = new Map<string, Subscription>();

  /** Sets the callback, ticks topics; without `topics` what is ticked stays, and at first all known ones are.
   *  A topic that is ticked again is on again (notifications.md 4). */
  change(
    clientId: string,
    o: { callbackUrl?: string | null | undefined; topics?: string[] | undefined },
  ): Subscription {
    const found = this.byClient.get(clientId) ?? { clientId, callbackUrl: null, topics: new Map() };
    this.byClient.set(clientId, found);
    if (o.callbackUrl !== undefined) found.callbackUrl = o.callbackUrl;
    const wanted = o.topics ?? (found.topics.size === 0 ? TOPICS : null);
    if (wanted) found.topics = new Map(wanted.map((topic) => [topic, { on: true, failures: 0 }]));
    return found;
  }

  /** Ticks one topic, or takes the tick away. */
  switch(clientId: string, topic: string, on: boolean): Subscription {
    const found = this.change(clientId, { topics: this.byClient.has(clientId) ? undefined : [] });
    if (on) found.topics.set(topic, { on: true, failures: 0 });
    else found.topics.delete(topic);
    return found;
  }

  all(): Subscription[] {
    return [...this.byClient.values()];
  }

  callbackOf(clientId: string): string | null {
    return this.byClient.get(clientId)?.callbackUrl ?? null;
  }

  stateOf(clientId: string, topic: string): "none" | "on" | "off" {
    const state = this.byClient.get(clientId)?.topics.get(topic);
    return state ? (state.on ? "on" : "off") : "none";
  }

  /** One send ended: `offAfter` failures in a row switch the topic off, 0 never does (notifications.md 4, 7.4). */
  judge(clientId: string, topic: string, isGood: boolean, offAfter: number): void {
    const state = this.byClient.get(clientId)?.topics.get(topic);
    if (!state) return;
    state.failures = isGood ? 0 : state.failures + 1;
    if (offAfter > 0 && state.failures >= offAfter) state.on = false;
  }
}

/** As the control API shows it. */
export function subscriptionView({ clientId, callbackUrl, topics }: Subscription): object {
  return { clientId, callbackUrl, topics: [...topics].map(([topic, state]) => ({ topic, ...state })) };
}
