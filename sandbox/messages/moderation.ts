import { settleTranslation } from "@/sandbox/messages/translation";
import type { Message } from "@/sandbox/world/model";
import type { World } from "@/sandbox/world/world";

/** Shorteners named in messages.md 7. */
const SHORTENERS =
  /\b(bit\.ly|bitly\.com|bl\.ink|polr\.me|rebrand\.ly|t2m\.io|tinyurl\.com|yourls\.org|zpr\.io)\b/i;
const SOCIAL = /\b(facebook\.com|instagram\.com|tiktok\.com|wa\.me|whatsapp|telegram)\b/i;
const PAYMENT = /\b(mercadopago\.com\S*|mpago\.\w+)/i;
const PAYPAL = /\bpaypal\b/i;
const EMAIL = /[\w.+-]+@[\w-]+\.\w{2,}/;
/** A telephone number after a word for it. */
const NAMED_PHONE =
  /\b(tel|teléfono|telefone|phone|cel|celu|celular|whats\w*|wpp|zap)\b\D{0,12}\d[\d\s().-]{6,}\d/i;
/** A telephone number as people write it: after a plus sign, or with the area code in brackets. */
const PHONE = /\+\d[\d\s().-]{7,}\d|\(\d{2,4}\)\s?\d{3,5}[\s-]?\d{4}\b/;

/** The reason this text would be moderated for, or null (messages.md 7). */
export function judge(world: World, text: string): string | null {
  const lower = text.toLowerCase();
  for (const [word, reason] of Object.entries(world.settings.moderationWords)) {
    if (lower.includes(word.toLowerCase())) return reason;
  }
  if (SHORTENERS.test(text)) return "LINK_SHORT_URL";
  if (SOCIAL.test(text)) return "SOCIAL_NETWORK_LINK";
  if (PAYMENT.test(text)) return "LINK_MERCADOPAGO";
  if (PAYPAL.test(text)) return "ML_LINKS_PAYPAL";
  if (EMAIL.test(text) || PHONE.test(text) || NAMED_PHONE.test(text)) return "PERSONAL_DATA";
  return null;
}

/** A seller's new message as the POST will answer it; the 2xx says nothing about its fate (messages.md 0.8). */
export function moderate(
  world: World,
  text: string,
): Pick<Message, "status" | "moderation" | "verdict" | "availableAt"> {
  const { moderationTiming, moderationDelayMs } = world.settings;
  const now = world.now();
  const reason = judge(world, text);
  const later = new Date(now.getTime() + moderationDelayMs);
  const clean = {
    status: "available",
    moderation: { status: "clean" as const, reason: null, at: now, isAutomatic: false },
    verdict: null,
    availableAt: now,
  };
  if (moderationTiming === "pending") {
    const waiting = { status: "pending" as const, reason: null, at: null, isAutomatic: false };
    return {
      status: "IN_MODERATION",
      moderation: waiting,
      verdict: { reason, from: later },
      availableAt: null,
    };
  }
  if (!reason) return clean;
  if (moderationTiming === "next_read") return { ...clean, verdict: { reason, from: now } };
  if (moderationTiming === "after_clean") return { ...clean, verdict: { reason, from: later } };
  return { status: "moderated", moderation: rejected(reason, now), verdict: null, availableAt: null };
}

/** Lets a verdict that is due take effect: every read does this first. */
export function settle(world: World, message: Message): void {
  settleTranslation(world, message);
  const { verdict } = message;
  const now = world.now();
  if (!verdict || verdict.from > now) return;
  message.verdict = null;
  if (verdict.reason) {
    message.status = "moderated";
    message.moderation = rejected(verdict.reason, verdict.from);
    message.availableAt = null;
    message.notifiedAt = null;
  } else {
    message.status = "available";
    message.moderation = { status: "clean", reason: null, at: verdict.from, isAutomatic: false };
    message.availableAt = verdict.from;
    message.notifiedAt = verdict.from;
  }
}

/** Moderation says what it thinks of a message that is already there: a reason refuses it, null frees it (messages.md 0.8, 2.1). */
export function rule(world: World, message: Message, reason: string | null, from: Date): void {
  message.verdict = { reason, from };
  settle(world, message);
}

function rejected(reason: string, at: Date): Message["moderation"] {
  return { status: "rejected", reason, at, isAutomatic: true };
}
