import { isExpired } from "@/sandbox/messages/attachment-routes";
import { moderate, settle } from "@/sandbox/messages/moderation";
import { checkRecipient } from "@/sandbox/messages/recipient";
import type { Profile } from "@/sandbox/messages/refuse";
import { blockedRefusal, messageRefusal } from "@/sandbox/messages/refuse";
import { isReasonNeeded, stateOf } from "@/sandbox/messages/state";
import { isSupportedText, lengthOf } from "@/sandbox/messages/text-rules";
import { awaitTranslation, translated } from "@/sandbox/messages/translation";
import { wireMessage } from "@/sandbox/messages/wire";
import type { ApiContext } from "@/sandbox/world/guard";
import type { Attachment, Message, Thread } from "@/sandbox/world/model";
import { messageId } from "@/sandbox/world/random";
import { answer } from "@/sandbox/world/refusal";
import type { World } from "@/sandbox/world/world";

/** messages.md 2.3: at most 25 per message. */
const MAX_ATTACHMENTS = 25;
const USE_MESSAGES = "blocked_by_conversation_use_message_api";

/** `POST` of a seller's message (messages.md 2.3 and 5): not idempotent. @throws Refusal as listed there. */
export async function sendMessage(
  world: World,
  c: ApiContext,
  profile: Profile,
  thread: Thread,
): Promise<Response> {
  const refuse = (status: number, code: string, text: string) =>
    messageRefusal(world, profile, status, code, text);
  const body = await jsonBody(c);
  if (!body) throw refuse(400, "bad_request", "A JSON body is required");
  const reach = profile === "LOCAL" ? checkRecipient(world, body, thread) : "delivered";
  checkOpen(world, profile, thread);
  if (reach === "delivered") checkTurn(world, profile, thread);
  const text = readText(world, profile, thread, body);
  const files = readAttachments(world, c, profile, thread, body);
  const textTranslated = typeof body.text_translated === "string" ? body.text_translated : null;
  const message = newSellerMessage(world, thread, {
    text,
    textTranslated,
    clientId: c.var.grant.clientId,
    optionId: null,
  });
  for (const file of files) {
    file.usedAt = world.now();
    file.packId = thread.packId;
    message.attachments.push(file.filename);
  }
  // messages.md 4.3: accepted with a 2xx, reaches nobody
  if (reach === "lost") thread.lost.push(message);
  else world.addMessage(thread, message);
  const { id, ...rest } = { id: message.id, ...wireMessage(world, profile, thread, message) };
  const { sendStatus, sendIdKey, sendBody } = world.settings;
  if (sendBody === "empty") return answer(sendStatus, null);
  return answer(sendStatus, { [sendIdKey]: id, ...(sendBody === "id" ? {} : rest) });
}

/** A message of the seller as the sandbox keeps it, moderated as the settings say. */
export function newSellerMessage(
  world: World,
  thread: Thread,
  o: Pick<Message, "text" | "textTranslated" | "clientId" | "optionId">,
): Message {
  const now = world.now();
  const judged = moderate(world, o.text);
  const message: Message = {
    ...o,
    // what the seller translated is there at once (messages.md 5)
    ...translated(world, thread, o.text),
    ...(o.textTranslated === null ? {} : { textTranslated: o.textTranslated, translation: null }),
    ...judged,
    id: messageId(world.random, now),
    author: "seller",
    createdAt: now,
    notifiedAt: judged.availableAt,
    readAt: null,
    attachments: [],
    isViaAgent: thread.isAgent,
  };
  awaitTranslation(message);
  return message;
}

/** Whether the seller has already written through an option and the buyer has not answered (messages.md 5). */
function hasOtherLeft(thread: Thread): boolean {
  return (thread.caps.get("OTHER") ?? 1) > 0;
}

/** messages.md 2.3: a blocked conversation is a 403, in the form the settings choose. */
function checkOpen(world: World, profile: Profile, thread: Thread): void {
  const { status, substatus } = stateOf(world, thread);
  if (status === "active") return;
  // messages.md 3.3, 4.1: an excepted case, and a guide that said so, are sent here
  if (thread.isExcepted && isReasonNeeded(substatus)) return;
  if (substatus === USE_MESSAGES && world.settings.useMessagesOpens) return;
  // messages.md 5: GLOBAL runs the first message through OTHER and its cap
  if (profile === "GLOBAL" && isReasonNeeded(substatus)) {
    if (!hasOtherLeft(thread)) {
      throw messageRefusal(
        world,
        profile,
        403,
        "forbidden",
        "You are not allowed to execute the option OTHER again",
      );
    }
    thread.caps.set("OTHER", 0);
    return;
  }
  throw blockedRefusal(world, profile, blockedText(world, substatus ?? ""), substatus ?? "");
}

/** messages.md 4.2: one message at a time to the agent; the error for breaking it is unknown (10.4). */
function checkTurn(world: World, profile: Profile, thread: Thread): void {
  const { agentSerial } = world.settings;
  if (agentSerial === "off" || !thread.isAgent) return;
  for (const message of thread.messages) settle(world, message);
  const last = thread.messages.findLast((message) => message.author === "buyer" || message.availableAt);
  if (last?.author !== "seller" || !last.isViaAgent) return;
  const code = agentSerial === "403" ? "forbidden" : "bad_request";
  const text = "Only one message at a time can be sent to the agent";
  throw messageRefusal(world, profile, Number(agentSerial), code, text);
}

function blockedText(world: World, substatus: string): string {
  const { blockedForm } = world.settings;
  if (blockedForm === "substatus") return substatus;
  if (blockedForm === "sentence") {
    if (/^blo(ck|qu)ed_by_mediation/.test(substatus)) {
      return "You can not send the message because a mediation is in process";
    }
    if (substatus === "blocked_by_fulfillment") {
      return "You can not send the message because the purchase is Mercado Envíos Full and has not been yet delivered";
    }
  }
  return "blocked_conversation_send_message_forbidden";
}

/** messages.md 2.3 and 10.7: characters, length, and emptiness. */
function readText(world: World, profile: Profile, thread: Thread, body: Record<string, unknown>): string {
  const refuse = (text: string) => messageRefusal(world, profile, 400, "bad_request", text);
  const text = body.text ?? "";
  if (typeof text !== "string") throw refuse("The field 'text' is invalid");
  const hasFiles = Array.isArray(body.attachments) && body.attachments.length > 0;
  if (text === "" && !(hasFiles && profile === "LOCAL" && world.settings.emptyTextWithFile)) {
    throw refuse("Text is required");
  }
  if (!isSupportedText(text)) throw refuse("The text has character/s that is/are not supported.");
  const max = thread.sellerMaxLength ?? 350;
  if (lengthOf(text, world.settings.lengthIn) > max) {
    throw refuse(`The message content is too long, max characters allowed are ${max}`);
  }
  return text;
}

/** messages.md 2.3, 2.4: known, own, unexpired keys, at most 25, and no empty list. */
function readAttachments(
  world: World,
  c: ApiContext,
  profile: Profile,
  thread: Thread,
  body: Record<string, unknown>,
): Attachment[] {
  const keys = body.attachments;
  if (keys === undefined) return [];
  const refuse = (status: number, text: string) =>
    messageRefusal(world, profile, status, "bad_request", text);
  if (!Array.isArray(keys)) throw refuse(400, "The field 'attachments' is invalid");
  if (keys.length === 0 && world.settings.emptyAttachmentsRefused) {
    throw refuse(400, "The field 'attachments' is invalid");
  }
  if (keys.length > MAX_ATTACHMENTS)
    throw refuse(400, "The message exceeds the allowed number of attachments: 25");
  return keys.map((key: unknown) => {
    const file = typeof key === "string" ? world.attachments.get(key) : undefined;
    const isForeign =
      file?.ownerId !== c.var.seller.id || (file.packId !== null && file.packId !== thread.packId);
    if (!file || isForeign || isExpired(world, file))
      throw refuse(422, "Attachment key is invalid or not found");
    return file;
  });
}

/** The JSON object of a request; null when there is none. */
export async function jsonBody(c: ApiContext): Promise<Record<string, unknown> | null> {
  try {
    const body: unknown = await c.req.json();
    return body !== null && typeof body === "object" && !Array.isArray(body) ? { ...body } : null;
  } catch {
    return null;
  }
}
