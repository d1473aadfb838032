import "server-only";
import type { z } from "zod/mini";
import type { Session } from "@/lib/server/accounts/current-session";
import type { Runtime } from "@/lib/server/runtime";
import {
  dropSubscription,
  endSubscription,
  readSubscription,
  saveSubscription,
} from "@/lib/server/store/push";
import type { PushOutcome, PushState, SubscribeBody } from "@/lib/shared/api/push";
import { AppError } from "@/lib/shared/errors";
import { testNotification } from "./notification";
import { type Sender, senderOf } from "./sender";

interface Asker {
  rt: Runtime;
  session: Pick<Session, "userId" | "sessionId">;
}

/** Whether notifications can be had here, and whether this session's browser has them. */
export async function readPush(
  { rt, session }: Asker,
  sender: Sender | null = senderOf(rt.env),
): Promise<PushState> {
  if (sender === null) return { publicKey: null, endpoint: null };
  const subscription = await readSubscription(rt.db, session.sessionId);
  return { publicKey: sender.publicKey, endpoint: subscription?.endpoint ?? null };
}

/** From now on this session's browser is told. While the server sends none, nothing is stored.
 *  @throws AppError invalid_input when the address is no push service's, conflict when it is another browser's. */
export async function subscribe(
  asker: Asker,
  body: z.output<typeof SubscribeBody>,
  sender: Sender | null = senderOf(asker.rt.env),
): Promise<PushState> {
  const { rt, session } = asker;
  if (sender !== null) {
    const { endpoint, keys } = body;
    if (!sender.accepts(endpoint)) {
      throw new AppError("invalid_input", "not a push service", { fields: { endpoint: "unknown_service" } });
    }
    const given = { endpoint, p256dh: bare(keys.p256dh), auth: bare(keys.auth), locale: body.locale ?? null };
    const isSaved = await saveSubscription(rt.db, session.userId, session.sessionId, given);
    if (!isSaved) throw new AppError("conflict", "another browser's subscription");
  }
  return readPush(asker, sender);
}

/** This session's browser is told no more. */
export async function unsubscribe(asker: Asker): Promise<PushState> {
  await endSubscription(asker.rt.db, asker.session.sessionId);
  return readPush(asker);
}

/** Sends one notification to this browser now, one try, and says what became of it. */
export async function sendTest(
  { rt, session }: Asker,
  sender: Sender | null = senderOf(rt.env),
): Promise<{ outcome: PushOutcome }> {
  const subscription = sender === null ? null : await readSubscription(rt.db, session.sessionId);
  if (sender === null || subscription === null) return { outcome: "off" };
  const sent = await sender.send(subscription, testNotification(subscription.locale), "test");
  if (sent.kind === "gone") await dropSubscription(rt.db, subscription.id);
  if (sent.kind === "refused" || sent.kind === "later") {
    const { host } = new URL(subscription.endpoint);
    rt.log.warn({ host, status: sent.status }, "a test notification was not taken");
  }
  return { outcome: sent.kind === "later" ? "unreachable" : sent.kind };
}

/** Without the padding that some browsers add. */
function bare(base64: string): string {
  return base64.replace(/=+$/, "");
}
