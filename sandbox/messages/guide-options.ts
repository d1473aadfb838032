import type { Thread } from "@/sandbox/world/model";
import type { SiteId } from "@/sandbox/world/sites";
import { SITES } from "@/sandbox/world/sites";

export interface GuideOption {
  id: string;
  internal_description: string;
  enabled: boolean;
  type: "template" | "free_text";
  templates: { id: string; vars: { id: string; type: string }[] | null }[] | null;
  actionable: boolean;
  char_limit?: number;
  child_options: null;
  cap_available: number;
}

/** messages.md 3.1: texts are published for these. */
const BILLING_SITES = new Set<SiteId>(["MLA", "MLM", "MCO", "MLU", "MPE", "MEC"]);
/** messages.md 3.1: OTHER is not offered here once the shipment is delivered. */
const OTHER_ENDS_SITES = new Set<SiteId>(["MEC", "MPE", "MLU", "MCO", "MLM", "MLC"]);
const PROMISE = "TEMPLATE___DELIVERY_PROMISE___1";

/** What the seller may choose for this sale now, with the uses left (messages.md 3.1, 3.2). */
export function optionsOf(thread: Thread): GuideOption[] {
  const logistic = thread.shipment?.logisticType ?? "";
  const isDelivered = thread.shipment?.status === "delivered";
  const option = (
    id: string,
    o: Pick<GuideOption, "type" | "templates" | "internal_description">,
  ): GuideOption => ({
    id,
    enabled: true,
    actionable: true,
    child_options: null,
    ...(o.type === "free_text" ? { char_limit: 350 } : {}),
    ...o,
    // messages.md 7, simulator defaults: cap 1 per option, reset when the buyer writes
    cap_available: thread.caps.get(id) ?? 1,
  });
  const template = (id: string, internal_description: string) =>
    option(id, {
      type: "template",
      internal_description,
      templates: [{ id: `TEMPLATE___${id}___1`, vars: null }],
    });
  return [
    ...(["cross_docking", "drop_off"].includes(logistic)
      ? [template("REQUEST_VARIANTS", "Ask for the product's variant")]
      : []),
    ...(BILLING_SITES.has(thread.siteId) ? [template("REQUEST_BILLING_INFO", "Ask for billing data")] : []),
    option("SEND_INVOICE_LINK", {
      type: "free_text",
      internal_description: "Send the invoice",
      templates: null,
    }),
    // messages.md 3.1: Flex only
    ...(logistic === "self_service"
      ? [
          option("DELIVERY_PROMISE", {
            type: "template",
            internal_description: "Promise a delivery window",
            templates: [
              {
                id: PROMISE,
                vars: [
                  { id: `${PROMISE}___VAR___INIT`, type: "NUMBER" },
                  { id: `${PROMISE}___VAR___LIMIT`, type: "NUMBER" },
                ],
              },
            ],
          }),
        ]
      : []),
    ...(isDelivered && OTHER_ENDS_SITES.has(thread.siteId)
      ? []
      : [option("OTHER", { type: "free_text", internal_description: "Other", templates: null })]),
  ];
}

/** The text a template becomes; null when its variables are wrong. The wording is ours (messages.md 9). */
export function templateText(thread: Thread, optionId: string, vars: unknown): string | null {
  const isPortuguese = SITES[thread.siteId].language === "pt";
  if (optionId === "REQUEST_VARIANTS") {
    return isPortuguese
      ? "Olá! Para preparar o seu pedido, diga qual variação do produto você prefere (cor, tamanho ou modelo)."
      : "¡Hola! Para preparar tu compra, contanos qué variante del producto preferís (color, talle o modelo).";
  }
  if (optionId === "REQUEST_BILLING_INFO") {
    return "¡Hola! Para emitir tu factura necesitamos tus datos fiscales. Podés responder por este medio.";
  }
  const hours = [`${PROMISE}___VAR___INIT`, `${PROMISE}___VAR___LIMIT`].map((id) => variable(vars, id));
  const [from, to] = hours;
  if (from === undefined || to === undefined || from === null || to === null || from >= to) return null;
  return isPortuguese
    ? `Olá! Sua compra chega hoje entre ${from}h e ${to}h.`
    : `¡Hola! Tu compra llega hoy entre las ${from} y las ${to} h.`;
}

function variable(vars: unknown, id: string): number | null {
  if (!Array.isArray(vars)) return null;
  const list: unknown[] = vars;
  for (const one of list) {
    if (one === null || typeof one !== "object" || !("id" in one) || !("value" in one)) continue;
    if (one.id === id && typeof one.value === "number" && one.value >= 0 && one.value <= 24) return one.value;
  }
  return null;
}
