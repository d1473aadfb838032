import type { Language } from "@/sandbox/world/sites";

/** What `detail` says of a claim, by state (claims.md 4.2): texts for people, of the current state only. */
export type DetailKind =
  | "answer"
  | "buyer_turn"
  | "offer"
  | "replacement"
  | "dispute"
  | "return_way"
  | "return_review"
  | "return_claim"
  | "change"
  | "no_part"
  | "cancelled"
  | "refunded"
  | "closed_for_buyer"
  | "closed_for_seller"
  | "unanswered";

type Words = Record<DetailKind, { title: string; description: string }>;

const es: Words = {
  answer: {
    title: "Respondele a tu comprador",
    description: "Respondé antes de la fecha límite para que no perdamos el reclamo.",
  },
  buyer_turn: {
    title: "Esperamos al comprador",
    description: "Le avisamos que respondiste. Te vamos a contar qué decide.",
  },
  offer: {
    title: "El comprador está evaluando tu oferta",
    description: "Le ofreciste un reembolso parcial. Si no lo acepta, puede pedir la mediación.",
  },
  replacement: {
    title: "El comprador está evaluando tu oferta",
    description: "Le ofreciste otro producto igual. Si no lo acepta, puede pedir la mediación.",
  },
  dispute: {
    title: "Mercado Libre está interviniendo",
    description: "Una persona de nuestro equipo analiza el caso. Podés escribirle si tenés más información.",
  },
  return_way: {
    title: "El producto está en camino",
    description: "El comprador te está devolviendo el producto. Revisalo cuando llegue.",
  },
  return_review: {
    title: "Revisá el producto que te devolvieron",
    description: "Tenés hasta 3 días para decirnos si llegó bien.",
  },
  return_claim: { title: "Devolución en curso", description: "El comprador pidió devolver el producto." },
  change: { title: "Cambio en curso", description: "El comprador va a recibir otro producto igual." },
  no_part: { title: "Estamos resolviendo el caso", description: "No tenés que hacer nada por ahora." },
  cancelled: { title: "La venta se canceló", description: "Le devolvimos el dinero al comprador." },
  refunded: { title: "Le devolvimos el dinero al comprador", description: "El reclamo está cerrado." },
  closed_for_buyer: {
    title: "El reclamo se cerró a favor del comprador",
    description: "Revisamos el caso y le devolvimos el dinero.",
  },
  closed_for_seller: {
    title: "El reclamo se cerró a tu favor",
    description: "El dinero de la venta es tuyo.",
  },
  unanswered: {
    title: "Perdiste el reclamo por no responder",
    description: "Le devolvimos el dinero al comprador porque no respondiste a tiempo.",
  },
};

const pt: Words = {
  answer: {
    title: "Responda ao seu comprador",
    description: "Responda antes do prazo para não perder a reclamação.",
  },
  buyer_turn: {
    title: "Aguardando o comprador",
    description: "Avisamos que você respondeu. Contaremos o que ele decidir.",
  },
  offer: {
    title: "O comprador está avaliando sua oferta",
    description: "Você ofereceu um reembolso parcial. Se ele não aceitar, pode pedir mediação.",
  },
  replacement: {
    title: "O comprador está avaliando sua oferta",
    description: "Você ofereceu outro produto igual. Se ele não aceitar, pode pedir mediação.",
  },
  dispute: {
    title: "O Mercado Livre está intervindo",
    description: "Uma pessoa da nossa equipe analisa o caso. Escreva para ela se tiver mais informações.",
  },
  return_way: {
    title: "O produto está a caminho",
    description: "O comprador está devolvendo o produto. Confira quando chegar.",
  },
  return_review: {
    title: "Confira o produto devolvido",
    description: "Você tem até 3 dias para dizer se chegou bem.",
  },
  return_claim: {
    title: "Devolução em andamento",
    description: "O comprador pediu para devolver o produto.",
  },
  change: { title: "Troca em andamento", description: "O comprador vai receber outro produto igual." },
  no_part: { title: "Estamos resolvendo o caso", description: "Você não precisa fazer nada por enquanto." },
  cancelled: { title: "A venda foi cancelada", description: "Devolvemos o dinheiro ao comprador." },
  refunded: { title: "Devolvemos o dinheiro ao comprador", description: "A reclamação está encerrada." },
  closed_for_buyer: {
    title: "A reclamação foi encerrada a favor do comprador",
    description: "Analisamos o caso e devolvemos o dinheiro.",
  },
  closed_for_seller: {
    title: "A reclamação foi encerrada a seu favor",
    description: "O dinheiro da venda é seu.",
  },
  unanswered: {
    title: "Você perdeu a reclamação por não responder",
    description: "Devolvemos o dinheiro ao comprador porque você não respondeu a tempo.",
  },
};

const en: Words = {
  answer: {
    title: "Answer your buyer",
    description: "Answer before the deadline to avoid losing the claim.",
  },
  buyer_turn: {
    title: "Waiting for the buyer",
    description: "We let them know you answered. We will tell you what they decide.",
  },
  offer: {
    title: "The buyer is considering your offer",
    description: "You offered a partial refund. If they refuse, they may ask for a mediation.",
  },
  replacement: {
    title: "The buyer is considering your offer",
    description: "You offered another unit of the product. If they refuse, they may ask for a mediation.",
  },
  dispute: {
    title: "Mercado Libre is stepping in",
    description: "Someone from our team is reviewing the case. Write to them if you have more information.",
  },
  return_way: {
    title: "The product is on its way",
    description: "The buyer is returning the product. Check it when it arrives.",
  },
  return_review: {
    title: "Check the returned product",
    description: "You have up to 3 days to tell us whether it arrived in good condition.",
  },
  return_claim: { title: "Return in progress", description: "The buyer asked to return the product." },
  change: { title: "Exchange in progress", description: "The buyer will receive another product." },
  no_part: { title: "We are working on the case", description: "You do not have to do anything for now." },
  cancelled: { title: "The sale was cancelled", description: "We refunded the buyer." },
  refunded: { title: "We refunded the buyer", description: "The claim is closed." },
  closed_for_buyer: {
    title: "The claim was closed in favor of the buyer",
    description: "We reviewed the case and refunded the buyer.",
  },
  closed_for_seller: {
    title: "The claim was closed in your favor",
    description: "The money of the sale is yours.",
  },
  unanswered: {
    title: "You lost the claim because you did not answer",
    description: "We refunded the buyer because you did not answer in time.",
  },
};

export const DETAIL_WORDS: Record<Language, Words> = { es, pt, en };
