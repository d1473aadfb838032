import { AR } from "@/sandbox/shops/argentina-products";
import type { ClaimScript } from "@/sandbox/shops/claim-script";

/** Mediations, exchanges and the stranger cases of claims.md 7 in Argentina. */
export const ARGENTINA_MEDIATIONS: ClaimScript[] = [
  {
    // asked for by the buyer; the seller has written to the mediator, who has not answered
    who: "Susana Bravo",
    opened: 3.1,
    says: [
      "b@3.1h La aspiradora hace un ruido a piedras y el filtro vino roto",
      "s@2.9h Hola Susana, te enviamos un filtro nuevo sin cargo.",
      "b@2.5h No quiero un filtro, quiero la plata",
      "s@1h Buenas tardes. El filtro es un consumible y ofrecimos reponerlo. Adjunto el comprobante del despacho. [comprobante-filtro.pdf]",
    ],
    seed: { dispute: { by: "buyer", hoursAgo: 2.6, decisionDueInHours: 40 } },
  },
  {
    // the mediator's HTML, the buyer's pictures, one of them HEIC
    who: "Ezequiel Roldán",
    city: "Tigre",
    what: AR.hidrolavadora,
    chat: [
      "b ¿La manguera de la hidrolavadora es de cinco metros?",
      "s Hola Ezequiel, sí: cinco metros, reforzada.",
    ],
    opened: 110,
    says: [
      "b@110h Pierde agua por la manguera de alta presión [perdida-de-agua.jpg]",
      "s@105h Hola Ezequiel, probablemente sea la junta. ¿La ajustaste con la llave que viene en la caja?",
      "b@72h Sí, y sigue igual. Fotos del celular [manguera.heic][junta.heic][piso-mojado.png]",
      'm@50h <p>Hola, soy <b>Valeria</b>, del equipo de mediaciones de Mercado Libre.</p><p>Para avanzar necesitamos:</p><ul><li>una foto de la etiqueta con el número de serie</li><li>la factura de compra</li></ul><p>Más información en <a href="https://www.mercadolibre.com.ar/ayuda">nuestra página de ayuda</a>.</p>',
      "s@47h Hola Valeria, adjunto la factura y la foto de la etiqueta antes del despacho. [factura-hidrolavadora.pdf][numero-de-serie.jpg]",
      "m@20h Gracias.<br><br>Vamos a revisar lo que nos enviaron y <b>te respondemos antes del jueves</b>.",
    ],
    seed: { reasonId: "PDD9940", dispute: { by: "seller", hoursAgo: 70, decisionDueInHours: 26 } },
  },
  {
    // an offer was refused, and that led here
    who: "Carolina Herrera Paz",
    city: "Mar del Plata",
    what: AR.cuna,
    chat: [
      "b Hola, ¿el colchón de la cuna viene incluido?",
      "s Hola Carolina, viene incluido y con funda lavable.",
    ],
    opened: 140,
    says: [
      "b@140h El colchón de la cuna es más chico que la base",
      "s@136h Hola Carolina, te ofrecemos un reintegro del 40 %.",
      "b@90h No me sirve, es un peligro para el bebé [cuna-hueco.jpg]",
      "m@60h <p>Hola. Estamos analizando el caso.</p>",
    ],
    seed: {
      reasonId: "PDD9941",
      offer: { percentage: 40, status: "rejected", hoursAgo: 136 },
      dispute: { by: "buyer", hoursAgo: 88, decisionDueInHours: -3 },
    },
  },
  {
    // what came back was reported as damaged
    who: "Daniel Oyarzún",
    city: "Comodoro Rivadavia",
    what: AR.camara,
    chat: [
      "b Instalé tres cámaras y la cuarta no aparece en la app",
      "s Hola Daniel, probá reiniciarla con el botón de atrás, diez segundos.",
    ],
    opened: 260,
    says: [
      "b@260h Una de las cuatro cámaras no se conecta",
      "s@255h Hola Daniel, mandanos el kit y lo revisamos.",
    ],
    seed: {
      replyDueInHours: null,
      dispute: { by: "mediator", hoursAgo: 29 },
      return: { status: "delivered", hoursAgo: 240, deliveredHoursAgo: 30, review: "SRF2" },
    },
  },
  {
    // back in the seller's hands while a mediation runs
    who: "Lucrecia Vidal",
    city: "Bell Ville",
    what: AR.estanteria,
    chat: [
      "b Un estante está torcido, ¿me mandan otro?",
      "s Hola Lucrecia, ¿nos pasás una foto del estante sobre el piso?",
    ],
    opened: 240,
    says: [
      "b@240h Un estante vino torcido",
      "s@235h Hola Lucrecia, probá girarlo antes de ajustar.",
      "b@190h Ya probé. No sirve [estante-torcido.jpg]",
      "m@150h <p>El comprador va a devolver el producto. <b>Revisalo cuando lo recibas.</b></p>",
    ],
    seed: {
      reasonId: "PDD9940",
      dispute: { by: "buyer", hoursAgo: 188 },
      return: { status: "delivered", hoursAgo: 150, deliveredHoursAgo: 26 },
    },
  },
  {
    // Full: Mercado Libre's own affair (claims.md 7)
    who: "Darío Juárez",
    opened: 90,
    says: [],
    seed: { type: "fulfillment", dispute: { by: "mediator", hoursAgo: 88 } },
  },
  {
    who: "Pilar Echenique",
    city: "CABA",
    what: AR.celular,
    ship: { status: "shipped", logisticType: "fulfillment" },
    opened: 22,
    says: [],
    seed: { type: "fulfillment", reasonId: "PNR9501" },
  },
  {
    // opened again; search names an action that GET does not (claims.md 7, 12.4)
    who: "Osvaldo Carrizo",
    city: "La Rioja",
    what: AR.licuadora,
    chat: [
      "b Buenas, el vaso de la licuadora llegó rajado",
      "s Hola Osvaldo, qué pena. Te enviamos uno nuevo.",
    ],
    opened: 400,
    says: [
      "b@400h El vaso vino rajado",
      "s@395h Hola Osvaldo, te mandamos otro vaso.",
      "b@30h El vaso nuevo también vino rajado. Pido que se revise otra vez [vaso-rajado.jpg]",
    ],
    seed: { reasonId: "PDD9940", stage: "recontact", dispute: { by: "buyer", hoursAgo: 300 } },
  },
  {
    who: "Amalia Ponce",
    city: "Mendoza",
    what: AR.mate,
    opened: 180,
    says: [],
    seed: { type: "ml_case", reasonId: "PNR9508" },
  },
  {
    who: "Gerardo Núñez",
    opened: 25,
    says: ["b@25h Me quedan chicas, necesito el 44", "s@24.5h Dale Gerardo, hacemos el cambio."],
    seed: {
      reasonId: "PDD9943",
      wants: "change_product",
      replyDueInHours: null,
      change: { status: "pending", detail: "return_pending", hoursAgo: 24 },
    },
  },
  {
    who: "Melisa Aranda",
    opened: 230,
    says: [],
    seed: {
      type: "change",
      reasonId: "PDD9943",
      status: "closed",
      change: { status: "changed", hoursAgo: 225 },
      resolution: { reason: "item_changed", hoursAgo: 193 },
    },
  },
  {
    // a claim that leaves the conversation blocked for another cause
    who: "Lorena Ocampo",
    opened: 13,
    says: ["b@13h La caja llegó abierta y falta el portafiltro [cafetera-sin-portafiltro.jpg]"],
    seed: { reasonId: "PDD9942", replyDueInHours: 70 },
    blocked: "blocked_by_claim",
  },
  {
    // claims.md 12.8: reasons, stages and actions are open sets
    who: "Nadia Ferreyra",
    city: "Santa Rosa",
    what: AR.yerba,
    opened: 18,
    says: ["b@18h El paquete trae otra fecha que la publicada"],
    seed: {
      type: "service",
      reasonId: "QXY0001",
      replyDueInHours: null,
      also: ["request_home_inspection", "send_message_to_complainant"],
    },
    oddStage: "inspection",
  },
  {
    // money that belongs to no sale: no effect on the reputation (claims.md 4.5)
    who: "Fabricio Leiva",
    city: "Luján",
    what: AR.mouse,
    opened: 28,
    says: ["b@28h Me cobraron dos veces el mismo mouse"],
    seed: { resource: "payment", reasonId: "PDD9941", wants: "refund", replyDueInHours: 22 },
  },
];
