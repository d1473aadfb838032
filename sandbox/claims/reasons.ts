import type { Language } from "@/sandbox/world/sites";

/** One reason of a claim (claims.md 4.3). */
export interface Reason {
  id: string;
  flow: string;
  name: string;
  detail: Record<Language, string>;
  expected: string[];
  triage: string[];
  group: string[] | null;
}

/** A believable part of the catalogue: PNR not received, PDD wrong or defective, CS cancelled (claims.md 3, 4.3). */
export const REASONS: readonly Reason[] = [
  undelivered("PNR9502", "respondent_unanswered", {
    es: "El vendedor no me respondió",
    pt: "O vendedor não me respondeu",
    en: "The seller did not answer me",
  }),
  undelivered("PNR3430", "undelivered_other", {
    es: "Tengo otro problema con la entrega",
    pt: "Tenho outro problema com a entrega",
    en: "I have another problem with the delivery",
  }),
  undelivered("PNR9501", "not_received", {
    es: "No recibí el producto",
    pt: "Não recebi o produto",
    en: "I did not receive the product",
  }),
  undelivered("PNR9508", "package_lost", {
    es: "El paquete figura como entregado, pero no lo tengo",
    pt: "O pacote consta como entregue, mas não está comigo",
    en: "The package shows as delivered, but I do not have it",
  }),
  delivered("PDD9939", "defective_not_working", ["not_working", "defective"], {
    es: "El producto no funciona",
    pt: "O produto não funciona",
    en: "The product does not work",
  }),
  delivered("PDD9940", "broken_or_damaged", ["defective"], {
    es: "El producto llegó roto o dañado",
    pt: "O produto chegou quebrado ou danificado",
    en: "The product arrived broken or damaged",
  }),
  delivered("PDD9941", "different_from_published", ["different"], {
    es: "El producto es diferente al publicado",
    pt: "O produto é diferente do anunciado",
    en: "The product is different from the listing",
  }),
  delivered("PDD9942", "missing_parts", ["incomplete"], {
    es: "Faltan partes o accesorios",
    pt: "Faltam partes ou acessórios",
    en: "Parts or accessories are missing",
  }),
  delivered("PDD9943", "wrong_size_or_color", ["different"], {
    es: "El talle o el color no es el que pedí",
    pt: "O tamanho ou a cor não é o que pedi",
    en: "The size or the color is not the one I ordered",
    group: ["fashion"],
  }),
  delivered("PDD9944", "repentant_buyer", ["repentant"], {
    es: "Me arrepentí de la compra",
    pt: "Me arrependi da compra",
    en: "I changed my mind about the purchase",
  }),
  delivered("PDD9945", "expired_product", ["defective"], {
    es: "El producto está vencido",
    pt: "O produto está vencido",
    en: "The product is expired",
    group: ["expiring_food", "expiring_health"],
  }),
  delivered("PDD9946", "suspected_fake", ["different"], {
    es: "Creo que el producto es falso",
    pt: "Acho que o produto é falsificado",
    en: "I think the product is fake",
  }),
  cancelled("CS7100", "out_of_stock", {
    es: "El vendedor no tiene stock",
    pt: "O vendedor não tem estoque",
    en: "The seller is out of stock",
  }),
  cancelled("CS7101", "buyer_cancelled", {
    es: "El comprador canceló la compra",
    pt: "O comprador cancelou a compra",
    en: "The buyer cancelled the purchase",
  }),
];

const BY_ID = new Map(REASONS.map((reason) => [reason.id, reason]));

/** The reason of this id; an unknown one of a known family is told in that family's words, as the catalogue is long. */
export function reasonOf(id: string): Reason | null {
  const found = BY_ID.get(id);
  if (found) return found;
  if (/^PNR\d+$/.test(id)) return { ...undelivered(id, "undelivered_other", OTHER) };
  if (/^PDD\d+$/.test(id)) return { ...delivered(id, "delivered_other", [], OTHER) };
  return /^CS\d+$/.test(id) ? cancelled(id, "cancelled_other", OTHER) : null;
}

type Detail = Record<Language, string> & { group?: string[] };

const OTHER: Detail = { es: "Tengo otro problema", pt: "Tenho outro problema", en: "I have another problem" };

function undelivered(id: string, name: string, detail: Detail): Reason {
  const flow = "mediations_undelivered";
  return { id, flow, name, detail, expected: ["refund", "product"], triage: [], group: null };
}

function delivered(id: string, name: string, triage: string[], { group, ...detail }: Detail): Reason {
  const expected = ["return_product", "change_product", "refund", "other"];
  return { id, flow: "post_purchase_delivered", name, detail, expected, triage, group: group ?? null };
}

function cancelled(id: string, name: string, detail: Detail): Reason {
  return { id, flow: "cancel_sale", name, detail, expected: ["refund"], triage: [], group: null };
}
