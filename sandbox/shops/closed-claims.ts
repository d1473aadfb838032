import { AR } from "@/sandbox/shops/argentina-products";
import { BR } from "@/sandbox/shops/brazil-products";
import type { ClaimScript } from "@/sandbox/shops/claim-script";
import type { Product } from "@/sandbox/shops/script";

type Side = "complainant" | "respondent";

interface Ending {
  who: string;
  city: string;
  what: Product;
  /** Days since it was opened, and since it ended. */
  days: [opened: number, ended: number];
  reasonId: string;
  end: string;
  for: Side;
  by: "mediator" | "buyer" | "seller" | "respondent";
  says: string[];
  /** It went through a mediation. */
  mediated?: true;
  covered?: true;
  more?: ClaimScript["seed"];
}

function closed(e: Ending): ClaimScript {
  const [opened, ended] = e.days.map((days) => days * 24);
  const hoursAgo = ended ?? 0;
  return {
    who: e.who,
    city: e.city,
    what: e.what,
    opened: opened ?? 0,
    says: e.says,
    seed: {
      reasonId: e.reasonId,
      status: "closed",
      resolution: {
        reason: e.end,
        benefited: [e.for],
        closedBy: e.by,
        applied: e.covered ?? false,
        hoursAgo,
      },
      ...(e.mediated ? { dispute: { by: "buyer" as const, hoursAgo: hoursAgo + 40 } } : {}),
      ...e.more,
    },
  };
}

const OUT = { effect: "not_affected", hasIncentive: true, dueInHours: -90 } as const;

/** How claims ended in Argentina: one of each kind that a seller meets (claims.md 3, `resolution`). */
export const ARGENTINA_ENDED: ClaimScript[] = [
  closed({
    who: "Beatriz Olivera",
    city: "Ituzaingó",
    what: AR.lampara,
    days: [6, 5],
    reasonId: "PDD9940",
    end: "payment_refunded",
    for: "complainant",
    by: "respondent",
    says: [
      "b@144h La pantalla vino quebrada [pantalla-quebrada.jpg]",
      "s@140h Hola Beatriz, te devolvemos todo. Disculpas.",
    ],
    more: { reputation: OUT },
  }),
  closed({
    who: "Joaquín Ledesma",
    city: "Tandil",
    what: AR.zapatilla,
    days: [8, 3],
    reasonId: "PDD9943",
    end: "respondent_timeout",
    for: "complainant",
    by: "mediator",
    says: ["b@192h Pedí 42 y llegaron 40"],
  }),
  closed({
    who: "Elena Marchetti",
    city: "Cañada de Gómez",
    what: AR.colchon,
    days: [14, 9],
    reasonId: "PDD9941",
    end: "coverage_decision",
    for: "complainant",
    by: "mediator",
    covered: true,
    mediated: true,
    says: [
      "b@336h El colchón es más bajo que en la foto",
      "s@330h Hola Elena, las medidas de la publicación son las correctas.",
      "m@220h <p>Decidimos a favor del comprador. <b>El dinero lo cubre nuestro programa.</b></p>",
    ],
  }),
  closed({
    who: "Hugo Benavídez",
    city: "Goya",
    what: AR.camara,
    days: [5, 4.5],
    reasonId: "PDD9939",
    end: "opened_claim_by_mistake",
    for: "respondent",
    by: "buyer",
    says: ["b@120h Perdón, era otra compra"],
    more: { reputation: OUT },
  }),
  closed({
    who: "Ailén Torres",
    city: "El Bolsón",
    what: AR.termo,
    days: [11, 7],
    reasonId: "PDD9942",
    end: "worked_out_with_seller",
    for: "respondent",
    by: "buyer",
    says: [
      "b@264h Falta la tapa",
      "s@260h Hola Ailén, ya salió la tapa por correo.",
      "b@170h Llegó, gracias",
    ],
  }),
  closed({
    who: "Marcela Iturbe",
    city: "Necochea",
    what: AR.parrilla,
    days: [12, 6],
    reasonId: "PDD9939",
    end: "item_returned",
    for: "complainant",
    by: "mediator",
    says: ["b@288h No traba", "s@284h Hola Marcela, aceptamos la devolución."],
    more: {
      return: { status: "delivered", hoursAgo: 270, deliveredHoursAgo: 150, review: "ok", money: "refunded" },
    },
  }),
  closed({
    who: "Rubén Arce",
    city: "Oberá",
    what: AR.cafetera,
    days: [20, 13],
    reasonId: "PDD9939",
    end: "rep_resolution",
    for: "respondent",
    by: "mediator",
    mediated: true,
    says: [
      "b@480h No calienta",
      "s@476h Hola Rubén, revisá el video del manual, por favor.",
      "m@330h El caso se resolvió <b>a tu favor</b>.",
    ],
  }),
  closed({
    who: "Camila Stinson",
    city: "Villa Gesell",
    what: AR.mochila,
    days: [9, 2],
    reasonId: "PNR9501",
    end: "product_delivered",
    for: "respondent",
    by: "mediator",
    says: ["b@216h No llega más", "s@214h Hola Camila, el correo la entrega mañana."],
  }),
  {
    who: "Soledad Arias",
    opened: 74,
    says: [],
    seed: {
      reasonId: "PDD9940",
      status: "closed",
      offer: { percentage: 30, status: "accepted", hoursAgo: 72.5 },
      resolution: { reason: "partial_refunded", hoursAgo: 72 },
    },
  },
  {
    // claims.md 3, 12.6: the seller is the complainant, and there is never a resolution
    who: "Brisa Coronel",
    city: "Gualeguaychú",
    what: AR.cuna,
    ship: null,
    opened: 50,
    says: [],
    more: { orderStatus: "cancelled" },
    seed: { type: "cancel_sale", reasonId: "CS7100" },
  },
  {
    who: "Gisela Toledo",
    opened: 21,
    says: [],
    seed: { type: "cancel_purchase", reasonId: "CS7101" },
  },
  {
    who: "Walter Nievas",
    city: "Caleta Olivia",
    what: AR.router,
    opened: 380,
    says: [],
    seed: {
      type: "ml_case",
      reasonId: "PNR9508",
      status: "closed",
      resolution: { reason: "no_bpp", hoursAgo: 200, applied: true },
    },
  },
];

/** And in Brazil. */
export const BRAZIL_ENDED: ClaimScript[] = [
  closed({
    who: "Tatiane Moura",
    city: "Natal",
    what: BR.fone,
    days: [7, 4],
    reasonId: "PDD9944",
    end: "prefered_to_keep_product",
    for: "respondent",
    by: "buyer",
    says: [
      "b@168h Queria outra cor",
      "s@165h Oi Tatiane! Pode devolver sem custo se preferir.",
      "b@98h Vou ficar com este mesmo",
    ],
  }),
  closed({
    who: "Vinícius Salgado",
    city: "Uberlândia",
    what: BR.cadeira,
    days: [18, 10],
    reasonId: "PDD9942",
    end: "found_missing_parts",
    for: "respondent",
    by: "buyer",
    says: ["b@432h Não achei os parafusos", "s@430h Oi Vinícius, estão dentro do encosto.", "b@241h Achei!"],
  }),
  closed({
    who: "Aparecida Lemos",
    city: "Sorocaba",
    what: BR.kit,
    days: [10, 5],
    reasonId: "PDD9940",
    end: "low_cost",
    for: "complainant",
    by: "mediator",
    says: ["b@240h Um pote chegou trincado [pote-trincado.jpg]"],
    more: {
      return: { status: "cancelled", subtype: "low_cost", refundAt: "n/a", money: "refunded", hoursAgo: 230 },
    },
  }),
  closed({
    who: "Otávio Brandão",
    city: "Maringá",
    what: BR.aspirador,
    days: [16, 3],
    reasonId: "PDD9939",
    end: "warehouse_decision",
    for: "respondent",
    by: "mediator",
    says: ["b@384h O robô não acha a base", "s@380h Oi Otávio, pode enviar para análise."],
    more: {
      return: { status: "return_to_buyer", destination: "warehouse", hoursAgo: 360 },
    },
  }),
];
