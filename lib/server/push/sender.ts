import "server-only";
import { createHash } from "node:crypto";
import webpush from "web-push";
import type { Env } from "@/lib/server/env";
import { isPushService } from "./push-services";

/** One browser, as it described itself when it subscribed. */
export interface Receiver {
  endpoint: string;
  p256dh: string;
  auth: string;
}

/** What became of one try. Only `later` may be tried again, and not before `waitMs` when the service says so. */
export type Sent =
  | { kind: "sent" }
  | { kind: "gone" }
  | { kind: "refused"; status: number | null }
  | { kind: "later"; status: number | null; waitMs: number | null };

export interface Sender {
  publicKey: string;
  /** Is this an address that we would send to? */
  accepts(endpoint: string): boolean;
  /** Sends one notification, encrypted for that browser. One try, at most 10 s. Never throws.
   *  @param topic what a newer one with the same topic replaces, while the browser is away. */
  send(to: Receiver, payload: object, topic: string): Promise<Sent>;
}

export type Transport = (url: string, init: RequestInit) => Promise<Response>;

const TIMEOUT_MS = 10_000;
/** How long the push service keeps it for a browser that is away: later than this, the inbox itself tells better. */
const TTL_SECONDS = 4 * 3_600;

/** Sends with our own keys (RFC 8291, RFC 8292). `accepts` and `transport` are the world outside: which addresses are push
 *  services, and how to reach them. */
export function createSender(o: {
  keys: { publicKey: string; privateKey: string };
  subject: string;
  accepts?: (endpoint: string) => boolean;
  transport?: Transport;
}): Sender {
  const { keys, subject, accepts = isPushService, transport = fetch } = o;

  async function send(to: Receiver, payload: object, topic: string): Promise<Sent> {
    // What was let in by an older list is not sent to.
    if (!accepts(to.endpoint)) return { kind: "gone" };
    let request: RequestInit;
    try {
      request = requestOf(to, payload, topic);
    } catch {
      // Keys of no use: nobody could read it.
      return { kind: "refused", status: null };
    }
    try {
      const response = await transport(to.endpoint, request);
      await response.body?.cancel();
      return outcomeOf(response);
    } catch {
      return { kind: "later", status: null, waitMs: null };
    }
  }

  function requestOf(to: Receiver, payload: object, topic: string): RequestInit {
    const { cipherText } = webpush.encrypt(to.p256dh, to.auth, JSON.stringify(payload), "aes128gcm");
    const { Authorization } = webpush.getVapidHeaders(
      new URL(to.endpoint).origin,
      subject,
      keys.publicKey,
      keys.privateKey,
      "aes128gcm",
    );
    return {
      method: "POST",
      // A push service does not redirect; whoever does wants us elsewhere.
      redirect: "manual",
      signal: AbortSignal.timeout(TIMEOUT_MS),
      headers: {
        authorization: Authorization,
        "content-encoding": "aes128gcm",
        "content-type": "application/octet-stream",
        ttl: String(TTL_SECONDS),
        // A person waits for an answer: also on a phone that saves its battery.
        urgency: "high",
        topic: topicFor(to, topic),
      },
      body: new Uint8Array(cipherText),
    };
  }

  return { publicKey: keys.publicKey, accepts, send };
}

/** 32 characters that tell the push service nothing and differ for every browser (RFC 8030, 5.4). */
function topicFor(to: Receiver, topic: string): string {
  return createHash("sha256").update(`${to.auth} ${topic}`).digest("base64url").slice(0, 32);
}

function outcomeOf({ status, ok, headers }: Response): Sent {
  if (ok) return { kind: "sent" };
  if (status === 404 || status === 410) return { kind: "gone" };
  if (status !== 429 && status < 500) return { kind: "refused", status };
  const seconds = Number(headers.get("retry-after") ?? "");
  return { kind: "later", status, waitMs: seconds > 0 ? seconds * 1_000 : null };
}

/** The sender of this server, or null when it was given no keys. */
export function senderOf({ vapid, appUrl }: Pick<Env, "vapid" | "appUrl">): Sender | null {
  return vapid === null ? null : createSender({ keys: vapid, subject: subjectOf(appUrl) });
}

/** Whom a push service may write to about us (RFC 8292, 2.1): our public address. Without https it is nobody's but this
 *  machine's; then it is an address of nobody in the form that all services take (Apple refuses `localhost`). Pure. */
export function subjectOf(appUrl: string): string {
  return appUrl.startsWith("https:") ? appUrl : "mailto:buzon@example.com";
}
