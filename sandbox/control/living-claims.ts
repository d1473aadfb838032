import { openDispute } from "@/sandbox/claims/acts";
import { createClaim } from "@/sandbox/claims/create-claim";
import type { Claim } from "@/sandbox/claims/model";
import { settleClaim } from "@/sandbox/claims/time";
import { writeMessage } from "@/sandbox/claims/write-message";
import type { Thread } from "@/sandbox/world/model";
import { pick } from "@/sandbox/world/random";
import { SITES } from "@/sandbox/world/sites";
import type { World } from "@/sandbox/world/world";

interface Complaint {
  reasonId: string;
  text: string;
  translated: string;
}

const OPENINGS: Record<"es" | "pt", Complaint[]> = {
  es: [
    {
      reasonId: "PDD9939",
      text: "Lo enchufé y no enciende. Probé con otro cable y nada.",
      translated: "I plugged it in and it does not turn on. I tried another cable, still nothing.",
    },
    {
      reasonId: "PDD9940",
      text: "Llegó con la caja golpeada y el producto rajado.",
      translated: "It arrived with a dented box and the product is cracked.",
    },
    {
      reasonId: "PDD9942",
      text: "Faltan los tornillos y el manual.",
      translated: "The screws and the manual are missing.",
    },
    {
      reasonId: "PNR9501",
      text: "Todavía no me llegó y ya pasó la fecha.",
      translated: "It has not arrived and the date has passed.",
    },
  ],
  pt: [
    {
      reasonId: "PDD9939",
      text: "Liguei na tomada e não funciona. Testei com outro cabo.",
      translated: "I plugged it in and it does not work. I tested another cable.",
    },
    {
      reasonId: "PDD9941",
      text: "O produto é bem diferente do anúncio.",
      translated: "The product is quite different from the listing.",
    },
    {
      reasonId: "PNR9501",
      text: "Ainda não recebi e o prazo já passou.",
      translated: "I have not received it and the deadline has passed.",
    },
  ],
};

const FURTHER: Record<"es" | "pt", { text: string; translated: string }[]> = {
  es: [
    { text: "¿Entonces cómo lo resolvemos?", translated: "So how do we solve this?" },
    { text: "Prefiero que me devuelvan el dinero.", translated: "I would rather get my money back." },
  ],
  pt: [
    { text: "Então como resolvemos?", translated: "So how do we solve it?" },
    { text: "Prefiro receber meu dinheiro de volta.", translated: "I would rather get my money back." },
  ],
};

/** Something happens to a claim of this sale: one is opened, or the buyer goes on with the open one; false when this sale
 *  is none to complain about. */
export function livingClaim(world: World, thread: Thread): boolean {
  const language = SITES[thread.siteId].language === "pt" ? "pt" : "es";
  const open = thread.claimIds.flatMap((id) => world.claims.get(id) ?? []);
  for (const claim of open) settleClaim(world, claim);
  const current = open.find(({ status, type }) => status === "opened" && type === "mediations");
  if (current) return goOn(world, current, language);
  const isPaid = thread.orders.every((order) => order.tags.includes("paid"));
  if (!isPaid || thread.claimIds.length > 0) return false;
  const isDelivered = thread.shipment?.status === "delivered";
  const fitting = OPENINGS[language].filter(({ reasonId }) => reasonId.startsWith("PDD") === isDelivered);
  if (fitting.length === 0) return false;
  const { reasonId, text, translated } = pick(world.random, fitting);
  const claim = createClaim(world, thread, { reasonId, openedHoursAgo: 0 });
  world.emit("claim_acted", thread, claim.id);
  writeMessage(world, claim, { from: "complainant", to: "respondent", text, translated, moderatedFor: null });
  return true;
}

function goOn(world: World, claim: Claim, language: "es" | "pt"): boolean {
  if (claim.stage !== "claim") return false;
  if (claim.hasSellerReplied && world.random() < 0.3) {
    openDispute(world, claim, "complainant");
    return true;
  }
  const { text, translated } = pick(world.random, FURTHER[language]);
  writeMessage(world, claim, { from: "complainant", to: "respondent", text, translated, moderatedFor: null });
  return true;
}
