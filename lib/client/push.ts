import { call } from "@/lib/client/api";
import { withPatience } from "@/lib/client/with-patience";
import { type PushOutcome, type PushState, PushStateSchema, PushTestSchema } from "@/lib/shared/api/push";
import type { Locale } from "@/lib/shared/words/locale";

/** What this browser can do about notifications, and what it does. `install`: an iPhone or iPad gives them only to pages on
 *  its home screen. */
export type PushHere = "unsupported" | "insecure" | "install" | "server_off" | "blocked" | "off" | "on";

/** What came of switching on. `dismissed`: the person gave no answer. `no_service`: the browser has no push service, or
 *  cannot reach it. */
export type SwitchedOn = "on" | "blocked" | "dismissed" | "no_service" | "server_off";

const WORKER = "/sw.js";

/** Looks at the browser and asks our server. Registers nothing. @throws ApiError. */
export async function readPushHere(): Promise<PushHere> {
  if (!window.isSecureContext) return "insecure";
  if (!("serviceWorker" in navigator && "PushManager" in window && "Notification" in window)) {
    return isAppleTouch() ? "install" : "unsupported";
  }
  const state = await call(PushStateSchema, "/api/push");
  if (state.publicKey === null) return "server_off";
  if (Notification.permission === "denied") return "blocked";
  return (await isSubscribed(state)) ? "on" : "off";
}

/** Asks for permission, registers our worker, subscribes and tells our server. Call it in a person's press of a button.
 *  @throws ApiError. */
export async function switchOn(locale: Locale): Promise<SwitchedOn> {
  const permission = await Notification.requestPermission();
  if (permission !== "granted") return permission === "denied" ? "blocked" : "dismissed";
  const { publicKey } = await withPatience(() => call(PushStateSchema, "/api/push"));
  if (publicKey === null) return "server_off";
  const subscription = await subscribeWith(publicKey).catch(() => null);
  if (subscription === null) return "no_service";
  const { endpoint, keys } = subscription.toJSON();
  const body = { endpoint, keys, locale };
  const state = await withPatience(() => call(PushStateSchema, "/api/push", { method: "PUT", body }));
  return state.endpoint === null ? "server_off" : "on";
}

/** Our server forgets this browser first: what the browser keeps alone brings nothing. @throws ApiError. */
export async function switchOff(): Promise<void> {
  await withPatience(() => call(PushStateSchema, "/api/push", { method: "DELETE" }));
  await (await subscriptionHere())?.unsubscribe().catch(() => false);
}

/** Has our server send one notification to this browser. @throws ApiError. */
export async function sendTest(): Promise<PushOutcome> {
  return (await call(PushTestSchema, "/api/push/test", { method: "POST", body: {} })).outcome;
}

async function isSubscribed({ endpoint }: PushState): Promise<boolean> {
  if (endpoint === null || Notification.permission !== "granted") return false;
  return (await subscriptionHere())?.endpoint === endpoint;
}

async function subscriptionHere(): Promise<PushSubscription | null> {
  const registration = await navigator.serviceWorker.getRegistration(WORKER);
  return (await registration?.pushManager.getSubscription()) ?? null;
}

async function subscribeWith(publicKey: string): Promise<PushSubscription> {
  await navigator.serviceWorker.register(WORKER);
  const { pushManager } = await navigator.serviceWorker.ready;
  const earlier = await pushManager.getSubscription();
  // A browser refuses a second key; ours may have been made anew.
  if (earlier !== null && keyOf(earlier) !== publicKey) await earlier.unsubscribe();
  return pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: publicKey });
}

/** The server key of a subscription, base64url without padding. */
function keyOf({ options }: PushSubscription): string | null {
  if (options.applicationServerKey === null) return null;
  const bytes = String.fromCharCode(...new Uint8Array(options.applicationServerKey));
  return btoa(bytes).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function isAppleTouch(): boolean {
  return (
    /iPhone|iPad/.test(navigator.userAgent) ||
    (/Mac/.test(navigator.userAgent) && navigator.maxTouchPoints > 1)
  );
}
