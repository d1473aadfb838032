import { PROMISE } from "@/sandbox/messages/guide-options";
import type { Thread } from "@/sandbox/world/model";
import type { SiteId } from "@/sandbox/world/sites";
import { SITES } from "@/sandbox/world/sites";

/** What an invoice needs there: the text is fixed per site (messages.md 3.1). */
const TAX_DATA: Partial<Record<SiteId, string>> = {
  MLA: "tus datos fiscales",
  MLM: "tu RFC y tu régimen fiscal",
  MCO: "tu NIT o cédula",
  MLU: "tu RUT y razón social",
  MPE: "tu RUC y razón social",
  MEC: "tu RUC o cédula",
};

/** The text a template becomes; null when its variables are wrong. The wording is ours (messages.md 9, "first-page text"). */
export function templateText(thread: Thread, optionId: string, vars: unknown): string | null {
  const isPortuguese = SITES[thread.siteId].language === "pt";
  if (optionId === "REQUEST_VARIANTS") {
    return isPortuguese
      ? "Olá! Para preparar o seu pedido, diga qual variação do produto você prefere (cor, tamanho ou modelo)."
      : "¡Hola! Para preparar tu compra, contanos qué variante del producto preferís (color, talle o modelo).";
  }
  if (optionId === "REQUEST_BILLING_INFO") {
    return `¡Hola! Para emitir tu factura necesitamos ${TAX_DATA[thread.siteId] ?? "tus datos fiscales"}. Podés responder por este medio.`;
  }
  const [from, to] = ["INIT", "LIMIT"].map((name) => hourOf(vars, `${PROMISE}___VAR___${name}`));
  if (typeof from !== "number" || typeof to !== "number" || from >= to) return null;
  return isPortuguese
    ? `Olá! Sua compra chega hoje entre ${from}h e ${to}h.`
    : `¡Hola! Tu compra llega hoy entre las ${from} y las ${to} h.`;
}

/** messages.md 3.1, 3.3: both are NUMBER, hours; `{"id", "value": 12}`. Null for anything else. */
function hourOf(vars: unknown, id: string): number | null {
  if (!Array.isArray(vars)) return null;
  const list: unknown[] = vars;
  for (const one of list) {
    if (one === null || typeof one !== "object" || !("id" in one) || !("value" in one)) continue;
    if (one.id === id && typeof one.value === "number" && one.value >= 0 && one.value <= 24) return one.value;
  }
  return null;
}
