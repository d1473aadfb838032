import { createQuestion } from "@/sandbox/questions/create-question";
import { tellQuestion } from "@/sandbox/questions/tell-change";
import { settleQuestion } from "@/sandbox/questions/time";
import type { Seller } from "@/sandbox/world/model";
import { pick } from "@/sandbox/world/random";
import { SITES } from "@/sandbox/world/sites";
import type { World } from "@/sandbox/world/world";

interface Line {
  text: string;
  translated: string;
}

const FIRST: Record<"es" | "pt", Line[]> = {
  es: [
    { text: "Hola, ¿hay stock?", translated: "Hello, is it in stock?" },
    { text: "Buenas, ¿hacen factura A?", translated: "Hi, do you give an invoice?" },
    {
      text: "¿En cuánto llega a mi código postal?",
      translated: "How long does it take to reach my postcode?",
    },
    { text: "¿Tiene garantía? ¿De cuántos meses?", translated: "Is there a warranty? How many months?" },
    { text: "¿Es el modelo nuevo o el anterior?", translated: "Is it the new model or the previous one?" },
    {
      text: "¿Me podrías pasar las medidas? Gracias 🙏",
      translated: "Could you tell me the measures? Thanks 🙏",
    },
  ],
  pt: [
    { text: "Boa tarde, tem em estoque?", translated: "Good afternoon, is it in stock?" },
    { text: "Emite nota fiscal?", translated: "Do you give an invoice?" },
    { text: "Qual o prazo para o meu CEP?", translated: "How long to my postcode?" },
    { text: "Qual a garantia do produto?", translated: "What is the warranty?" },
    { text: "É bivolt?", translated: "Is it dual voltage?" },
  ],
};

const FURTHER: Record<"es" | "pt", Line[]> = {
  es: [
    {
      text: "Gracias. ¿Y si compro dos hacen descuento?",
      translated: "Thanks. And is there a discount for two?",
    },
    { text: "Perfecto, ¿lo puedo retirar hoy?", translated: "Perfect, can I pick it up today?" },
  ],
  pt: [
    { text: "Obrigado. E levando dois, tem desconto?", translated: "Thanks. Is there a discount for two?" },
    { text: "Certo, posso retirar hoje?", translated: "Right, can I pick it up today?" },
  ],
};

/** Somebody asks on one of the seller's listings: a new buyer, or one who got an answer before; the question's id, or null
 *  when there is no listing to ask on. */
export function livingQuestion(world: World, seller: Seller): string | null {
  const { random } = world;
  const items = [...world.items.values()].filter(
    (item) => item.sellerId === seller.id && item.status === "active",
  );
  if (items.length === 0) return null;
  const answered = [...(world.questionsOf.get(seller.id) ?? [])].filter(
    (question) =>
      settleQuestion(world, question) && question.status === "ANSWERED" && question.item.status === "active",
  );
  const isFurther = answered.length > 0 && random() < 0.3;
  const before = isFurther ? pick(random, answered) : null;
  const item = before?.item ?? pick(random, items);
  const language = SITES[item.siteId].language === "pt" ? "pt" : "es";
  const { text, translated } = pick(random, (before ? FURTHER : FIRST)[language]);
  const isGlobal = item.sellerId !== item.localSellerId;
  const question = createQuestion(world, seller, {
    itemId: item.id,
    text,
    ...(before ? { buyerId: before.buyer.id } : {}),
    ...(isGlobal ? { translated } : {}),
  });
  tellQuestion(world, question);
  return question.id;
}
