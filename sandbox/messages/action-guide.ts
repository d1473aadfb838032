import { setTimeout as wait } from "node:timers/promises";
import { Hono } from "hono";
import type { GuideOption } from "@/sandbox/messages/guide-options";
import { leavesOf, optionsOf } from "@/sandbox/messages/guide-options";
import { guideRefuses } from "@/sandbox/messages/guide-refusals";
import { templateText } from "@/sandbox/messages/guide-templates";
import { forbidden } from "@/sandbox/messages/refuse";
import { jsonBody, newSellerMessage } from "@/sandbox/messages/send";
import { hasBuyerWritten, isReasonNeeded, stateOf } from "@/sandbox/messages/state";
import { isSupportedText, lengthOf } from "@/sandbox/messages/text-rules";
import { counterpartOf, wireMessage } from "@/sandbox/messages/wire";
import type { ApiContext, ApiEnv } from "@/sandbox/world/guard";
import type { Thread } from "@/sandbox/world/model";
import { Refusal } from "@/sandbox/world/refusal";
import type { World } from "@/sandbox/world/world";

const MAX_TEXT = 350;
const USE_MESSAGES = "blocked_by_conversation_use_message_api";

/** The reasons to communicate (messages.md 3). */
export function guideRoutes(world: World): Hono<ApiEnv> {
  const app = new Hono<ApiEnv>();
  const running = new Set<string>();
  app.use("*", async (_, next) => {
    if (countDown(world, "guideFails")) throw guideRefuses(world, "failed");
    await next();
  });
  app.get("/packs/:pack", (c) => {
    const thread = guideThread(world, c, c.req.param("pack"));
    return c.json({ options: optionsOf(world, thread) });
  });
  app.get("/packs/:pack/caps_available", (c) => {
    const options = leavesOf(optionsOf(world, guideThread(world, c, c.req.param("pack"))));
    return c.json(options.map(({ id, cap_available }) => ({ option_id: id, cap_available })));
  });
  app.post("/packs/:pack/option", async (c) => {
    const { packId } = guideThread(world, c, c.req.param("pack"));
    // messages.md 3.3: locked per seller and sale while an option runs
    if (countDown(world, "guideLocked") || running.has(packId)) throw guideRefuses(world, "locked");
    running.add(packId);
    try {
      if (world.settings.guideRunsMs > 0) await wait(world.settings.guideRunsMs);
      const body = (await jsonBody(c)) ?? {};
      return c.json(execute(world, c, guideThread(world, c, packId), body));
    } finally {
      running.delete(packId);
    }
  });
  return app;
}

/** messages.md 3.3: whose sale, which state, and whether the guide is the way at all. */
function guideThread(world: World, c: ApiContext, packId: string): Thread {
  if (c.var.seller.siteId === "CBT") throw forbidden();
  const thread = world.threads.get(packId);
  if (thread?.sellerId !== c.var.seller.id) throw guideRefuses(world, "foreign", { named: packId });
  if (thread.isExcepted) throw guideRefuses(world, "excepted", { cause: "blocked_by_excepted_case" });
  const { status, substatus } = stateOf(world, thread);
  if (substatus === "blocked_by_deactivated_account") throw guideRefuses(world, "deactivated");
  if (status === "blocked" && !isReasonNeeded(substatus)) {
    throw guideRefuses(world, "blocked", { cause: substatus ?? "forbidden" });
  }
  // messages.md 3, 4.1: after the buyer has written, the messaging resource is the way
  if (hasBuyerWritten(thread)) {
    const isNamed = world.settings.guideOpenCause === "substatus";
    throw guideRefuses(world, "open", isNamed ? { cause: USE_MESSAGES } : {});
  }
  return thread;
}

function execute(world: World, c: ApiContext, thread: Thread, body: Record<string, unknown>): object {
  const option = leavesOf(optionsOf(world, thread)).find((one) => one.id === body.option_id);
  if (!option) throw guideRefuses(world, "unknown");
  if (option.cap_available < 1) throw guideRefuses(world, "spent", { named: option.id });
  const text = option.templates ? fromTemplate(world, thread, option, body) : freeText(world, body);
  const message = newSellerMessage(world, thread, {
    text,
    textTranslated: null,
    clientId: c.var.grant.clientId,
    optionId: option.id,
  });
  // messages.md 7: templates are not moderated; OTHER and SEND_INVOICE_LINK are
  if (option.templates) {
    const now = world.now();
    message.status = "available";
    message.moderation = { status: "non_moderated", reason: null, at: now, isAutomatic: false };
    message.verdict = null;
    message.availableAt = now;
    message.notifiedAt = now;
  }
  thread.caps.set(option.id, option.cap_available - 1);
  world.addMessage(thread, message);
  const { status, message_date, message_moderation } = {
    status: message.status,
    message_date: {},
    message_moderation: {},
    ...wireMessage(world, "LOCAL", thread, message),
  };
  return {
    id: message.id,
    to: { user_id: Number(counterpartOf(thread)), name: thread.buyer.nickname },
    status,
    text: message.text,
    message_date,
    message_moderation,
  };
}

function freeText(world: World, body: Record<string, unknown>): string {
  const text = body.text;
  if (typeof text !== "string" || text === "") throw guideRefuses(world, "text");
  if (!isSupportedText(text) || lengthOf(text, world.settings.lengthIn) > MAX_TEXT)
    throw guideRefuses(world, "text");
  return text;
}

function fromTemplate(
  world: World,
  thread: Thread,
  option: GuideOption,
  body: Record<string, unknown>,
): string {
  const templateId = String(body.template_id ?? "");
  const isKnown = option.templates?.some((template) => template.id === templateId);
  // messages.md 3.3 has no row for missing or wrong variables: the template's is used
  const text = isKnown ? templateText(thread, option.id, body.vars) : null;
  if (text === null) throw guideRefuses(world, "template", { named: templateId });
  if (option.id === "DELIVERY_PROMISE" && isPromisePast(world, thread)) {
    // messages.md 3.3: both are in L4, the 500 in form D
    if (world.settings.guidePastPromise === "400") throw guideRefuses(world, "past");
    throw new Refusal(500, { status_code: 500, message: "delivery date is before than today" });
  }
  return text;
}

/** The shipment's promised day lies before today. */
function isPromisePast(world: World, { shipment }: Thread): boolean {
  const day = (date: Date) => Math.floor(date.getTime() / 86_400_000);
  return shipment?.estimatedAt != null && day(shipment.estimatedAt) < day(world.now());
}

/** Takes one from a setting that counts calls; false when there is none left. */
function countDown(world: World, name: "guideLocked" | "guideFails"): boolean {
  const left = world.settings[name];
  if (left > 0) world.change({ [name]: left - 1 });
  return left > 0;
}
