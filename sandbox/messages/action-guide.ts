import { Hono } from "hono";
import { optionsOf, templateText } from "@/sandbox/messages/guide-options";
import { forbidden, guideRefusal } from "@/sandbox/messages/refuse";
import { jsonBody, newSellerMessage } from "@/sandbox/messages/send";
import { stateOf } from "@/sandbox/messages/state";
import { isSupportedText, lengthOf } from "@/sandbox/messages/text-rules";
import { counterpartOf, wireMessage } from "@/sandbox/messages/wire";
import type { ApiContext, ApiEnv } from "@/sandbox/world/guard";
import type { Thread } from "@/sandbox/world/model";
import type { World } from "@/sandbox/world/world";

/** The reasons to communicate (messages.md 3). */
export function guideRoutes(world: World): Hono<ApiEnv> {
  const app = new Hono<ApiEnv>();
  app.get("/packs/:pack", (c) => {
    const thread = guideThread(world, c, c.req.param("pack"));
    return c.json({ options: optionsOf(thread) });
  });
  app.get("/packs/:pack/caps_available", (c) => {
    const thread = guideThread(world, c, c.req.param("pack"));
    return c.json(optionsOf(thread).map(({ id, cap_available }) => ({ option_id: id, cap_available })));
  });
  app.post("/packs/:pack/option", async (c) => {
    const thread = guideThread(world, c, c.req.param("pack"));
    return c.json(execute(world, c, thread, (await jsonBody(c)) ?? {}));
  });
  return app;
}

/** messages.md 3.3: whose sale, which state, and whether the guide is the way at all. */
function guideThread(world: World, c: ApiContext, packId: string): Thread {
  if (c.var.seller.siteId === "CBT") throw forbidden();
  const thread = world.threads.get(packId);
  if (thread?.sellerId !== c.var.seller.id) {
    const text = `You are not allowed to access the information of the pack ${packId}`;
    throw guideRefusal(403, "forbidden", text);
  }
  if (thread.isExcepted) {
    const text = "This pack belongs to an excepted case, it is requested to use the messaging resource.";
    throw guideRefusal(400, "bad_request", text, "blocked_by_excepted_case");
  }
  const { status, substatus } = stateOf(world, thread);
  if (substatus === "blocked_by_deactivated_account") throw guideRefusal(451, "Unavailable", "Unavailable");
  if (status === "blocked" && substatus !== "blocked_by_conversation_initiated_by_seller_limited") {
    throw guideRefusal(403, "forbidden", "The conversation is blocked", substatus ?? "forbidden");
  }
  // messages.md 3, 4.1: after the buyer has written, the messaging resource is the way
  if (thread.messages.some((message) => message.author === "buyer")) {
    const text = "This package has the conversation blocked, please check blocked messages";
    throw guideRefusal(403, "forbidden", text, "blocked_by_conversation_use_message_api");
  }
  return thread;
}

function execute(world: World, c: ApiContext, thread: Thread, body: Record<string, unknown>): object {
  const option = optionsOf(thread).find((one) => one.id === body.option_id);
  if (!option) throw guideRefusal(404, "not_found", "The option selected is not valid");
  if (option.cap_available < 1) {
    throw guideRefusal(403, "bad_request", `You are not allowed to execute the option ${option.id} again`);
  }
  const text = option.type === "template" ? fromTemplate(thread, option, body) : freeText(body);
  const message = newSellerMessage(world, {
    text,
    textTranslated: null,
    clientId: c.var.grant.clientId,
    optionId: option.id,
  });
  // messages.md 7: templates are not moderated; OTHER and SEND_INVOICE_LINK are
  if (option.type === "template") {
    const now = world.now();
    message.status = "available";
    message.moderation = { status: "non_moderated", reason: null, at: now, isAutomatic: false };
    message.verdict = null;
    message.availableAt = now;
    message.notifiedAt = now;
  }
  thread.caps.set(option.id, option.cap_available - 1);
  world.addMessage(thread, message);
  const { message_date, message_moderation } = {
    message_date: {},
    message_moderation: {},
    ...wireMessage(world, "LOCAL", thread, message),
  };
  return {
    id: message.id,
    to: { user_id: Number(counterpartOf(thread)), name: thread.buyer.nickname },
    status: message.status,
    text: message.text,
    message_date,
    message_moderation,
  };
}

function freeText(body: Record<string, unknown>): string {
  const text = body.text;
  if (typeof text !== "string" || text === "" || !isSupportedText(text) || lengthOf(text) > 350) {
    throw guideRefusal(400, "limit_exceeded", "The text is invalid");
  }
  return text;
}

function fromTemplate(
  thread: Thread,
  option: ReturnType<typeof optionsOf>[number],
  body: Record<string, unknown>,
): string {
  const templateId = String(body.template_id ?? "");
  if (!option.templates?.some((template) => template.id === templateId)) {
    throw guideRefusal(400, "bad_request", `The template ${templateId} is invalid`);
  }
  const text = templateText(thread, option.id, body.vars);
  if (text === null) throw guideRefusal(400, "bad_request", `The template ${templateId} is invalid`);
  return text;
}
