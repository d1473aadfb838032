import { isDelivered } from "@/sandbox/messages/state";
import type { Thread } from "@/sandbox/world/model";
import type { SiteId } from "@/sandbox/world/sites";
import type { World } from "@/sandbox/world/world";

export interface GuideOption {
  id: string;
  internal_description: string;
  enabled: boolean;
  type: string;
  templates: { id: string; vars: { id: string; type: string }[] | null }[] | null;
  actionable: boolean;
  char_limit?: number | null;
  child_options: GuideOption[] | null;
  cap_available: number;
}

/** messages.md 3.1: texts are published for these. */
const BILLING_SITES = new Set<SiteId>(["MLA", "MLM", "MCO", "MLU", "MPE", "MEC"]);
/** messages.md 3.1: OTHER is not offered here once the shipment is delivered; announced for the two others. */
const OTHER_ENDS = { published: ["MEC", "MPE", "MLU", "MCO", "MLM", "MLC"], announced: ["MLB", "MLA"] };
/** messages.md 9, both editions together. */
const VARIANTS_SITES = ["MLA", "MLM", "MCO", "MLC", "MPE", "MEC", "MLU"];
export const PROMISE = "TEMPLATE___DELIVERY_PROMISE___1";

/** What the seller may choose for this sale now, with the uses left (messages.md 3.1, 3.2). */
export function optionsOf(world: World, thread: Thread): GuideOption[] {
  const { settings } = world;
  const logistic = thread.shipment?.logisticType ?? "";
  const base = (id: string, internal_description: string) => ({
    id,
    internal_description,
    enabled: true,
    actionable: true,
    child_options: null,
    cap_available: capOf(world, thread, id),
  });
  const cased = (type: string) => (settings.guideTypeCase === "upper" ? type.toUpperCase() : type);
  const template = (
    id: string,
    about: string,
    vars: { id: string; type: string }[] | null = null,
  ): GuideOption => ({
    ...base(id, about),
    type: cased("template"),
    templates: [{ id: `TEMPLATE___${id}___1`, vars }],
  });
  const limit = { present: { char_limit: 350 }, absent: {}, null: { char_limit: null } };
  const freeText = (id: string, about: string): GuideOption => ({
    ...base(id, about),
    type: cased("free_text"),
    templates: null,
    ...limit[settings.guideCharLimit],
  });

  const options: GuideOption[] = [];
  const hasVariants = settings.guideVariants === "everywhere" || VARIANTS_SITES.includes(thread.siteId);
  if (hasVariants && ["cross_docking", "drop_off"].includes(logistic)) {
    options.push(template("REQUEST_VARIANTS", "Ask for the product's variant"));
  }
  if (BILLING_SITES.has(thread.siteId))
    options.push(template("REQUEST_BILLING_INFO", "Ask for billing data"));
  options.push(freeText("SEND_INVOICE_LINK", "Send the invoice"));
  // messages.md 3.1: Flex only
  if (logistic === "self_service") {
    const hours = ["INIT", "LIMIT"].map((name) => ({ id: `${PROMISE}___VAR___${name}`, type: "NUMBER" }));
    options.push(template("DELIVERY_PROMISE", "Promise a delivery window", hours));
  }
  const ends = [
    ...OTHER_ENDS.published,
    ...(settings.guideOtherEnds === "announced" ? OTHER_ENDS.announced : []),
  ];
  if (isDelivered(thread) && ends.includes(thread.siteId)) return options;
  const other = freeText("OTHER", "Other");
  // messages.md 3.1: `child_options` null or array; what a parent looks like is nowhere shown
  const parent = { ...base("MORE_REASONS", "More reasons"), type: cased("group"), templates: null };
  return [
    ...options,
    settings.guideChildOptions ? { ...parent, actionable: false, child_options: [other] } : other,
  ];
}

/** The options that can be executed, taken out of their parents. */
export function leavesOf(options: GuideOption[]): GuideOption[] {
  return options.flatMap((option) => (option.child_options ? leavesOf(option.child_options) : [option]));
}

function capOf(world: World, thread: Thread, id: string): number {
  // messages.md 7, simulator defaults: 1 per option
  return thread.caps.get(id) ?? world.settings.guideCaps[id] ?? 1;
}
