import type { Thread } from "@/sandbox/world/model";
import { pick } from "@/sandbox/world/random";
import { SITES } from "@/sandbox/world/sites";
import type { World } from "@/sandbox/world/world";

interface Line {
  text: string;
  translated: string;
}

const LINES: Record<"es" | "pt", Line[]> = {
  es: [
    line("Hola, ¿alguna novedad de mi compra?", "Hi, any news about my order?"),
    line("¿Me confirmás si ya lo despacharon? Gracias", "Could you confirm whether it has shipped? Thanks"),
    line(
      "Disculpá la insistencia, ¿a qué hora suele pasar el correo?",
      "Sorry to insist, what time does the courier usually come?",
    ),
    line(
      "Llegó perfecto, muchas gracias por la atención 🙌",
      "It arrived perfectly, thanks for your help 🙌",
    ),
    line(
      "¿Puedo cambiar la dirección de entrega? Estoy en el trabajo hasta las 18",
      "Can I change the delivery address? I'm at work until 6 pm",
    ),
    line(
      "¿Viene con garantía? No encuentro el comprobante en la caja",
      "Does it come with a warranty? I can't find the receipt in the box",
    ),
    line(
      "Me llegó otro color del que pedí, ¿cómo hacemos?",
      "I got a different colour from the one I ordered, what can we do?",
    ),
    line(
      "¿Sirve para 220 V? Quiero estar seguro antes de enchufarlo",
      "Does it work on 220 V? I want to be sure before plugging it in",
    ),
    line("Buenas, ¿me pueden hacer factura A?", "Hello, can you issue an invoice for my company?"),
    line(
      "El seguimiento no se actualiza desde ayer, ¿es normal?",
      "The tracking hasn't been updated since yesterday, is that normal?",
    ),
    line("¿Tenés más unidades? Quiero comprar dos más", "Do you have more units? I want to buy two more"),
    line("Perfecto, quedo atento entonces", "Perfect, I'll wait then"),
  ],
  pt: [
    line("Oi, tudo bem? Alguma novidade do meu pedido?", "Hi, any news about my order?"),
    line("Consegue me dizer se já foi postado? Obrigada", "Can you tell me if it has been posted? Thank you"),
    line("Chegou certinho, muito obrigado pelo capricho!", "It arrived just fine, thank you for the care!"),
    line(
      "Dá para trocar o endereço de entrega ainda?",
      "Is it still possible to change the delivery address?",
    ),
    line("Veio sem o manual, vocês têm em PDF?", "It came without the manual, do you have it as a PDF?"),
    line("A nota fiscal vem junto ou por e-mail?", "Does the invoice come along or by e-mail?"),
    line(
      "O rastreio está parado desde ontem, é normal?",
      "The tracking has been stuck since yesterday, is that normal?",
    ),
    line("Veio na cor errada, como faço para trocar?", "It came in the wrong colour, how do I exchange it?"),
    line("Funciona em 110V também?", "Does it work on 110V too?"),
    line("Tem desconto se eu levar mais três?", "Is there a discount if I take three more?"),
    line("Show, fico no aguardo!", "Great, I'll be waiting!"),
    line("Uma peça chegou solta, consegue me ajudar?", "One part came loose, can you help me?"),
  ],
};

/** Something this buyer could say now, in the thread's language. */
export function livingLine(world: World, thread: Thread): { text: string; translated: string | undefined } {
  const lines = LINES[SITES[thread.siteId].language === "pt" ? "pt" : "es"];
  const said = new Set(thread.messages.slice(-12).map((message) => message.text));
  const fresh = lines.filter((one) => !said.has(one.text));
  const chosen = pick(world.random, fresh.length > 0 ? fresh : lines);
  return {
    text: chosen.text,
    translated: thread.sellerId === thread.localSellerId ? undefined : chosen.translated,
  };
}

function line(text: string, translated: string): Line {
  return { text, translated };
}
