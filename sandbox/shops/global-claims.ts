import type { ClaimScript } from "@/sandbox/shops/claim-script";
import { GL } from "@/sandbox/shops/global-products";

const MX = { siteId: "MLM" } as const;
const BR = { siteId: "MLB" } as const;
const CL = { siteId: "MLC" } as const;
const CO = { siteId: "MCO" } as const;
const REMOTE = { logisticType: "remote" };

/** Claims on a Global Selling account: buyers' texts beside their translations (claims.md 1, 4.6). */
export const GLOBAL_CLAIMS: ClaimScript[] = [
  {
    // due today
    who: "Regina Salcedo",
    city: "Toluca",
    what: GL.mxDrone,
    opened: 26,
    says: [
      "b@26h El dron no despega, un motor no gira [motor-del-dron.jpg] || The drone does not take off, one motor does not spin",
    ],
    seed: { replyDueInHours: 7 },
    more: MX,
  },
  {
    // due tomorrow
    who: "Emiliano Cortés",
    city: "Aguascalientes",
    what: GL.mxReloj,
    opened: 8,
    says: [
      "b@8h Pedí el verde y me llegó el negro. Además la correa viene cortada [correa-cortada.jpg] || I ordered the green one and got the black one. The strap is also cut",
    ],
    seed: { reasonId: "PDD9943", replyDueInHours: 29 },
    more: MX,
  },
  {
    // answered: a mediation may be asked for
    who: "Vitória Magalhães",
    city: "Fortaleza",
    what: GL.brMini,
    chat: [
      "b O projetor apagou de repente || The projector suddenly went dark",
      "s Oi Vitória, espere ele esfriar dez minutos e tente de novo. || Hi Vitória, let it cool for ten minutes and try again.",
    ],
    opened: 35,
    says: [
      "b@35h A lâmpada do projetor queimou em três dias || The projector lamp burned out in three days",
      "s@33h Hello Vitória, we are sorry. Could you tell us how many hours a day you used it? || Olá Vitória, sentimos muito. Pode nos dizer quantas horas por dia usou?",
    ],
    more: BR,
  },
  {
    // the buyer wrote again
    who: "Benjamín Soto",
    city: "Rancagua",
    what: GL.clMasaje,
    opened: 62,
    says: [
      "b@62h La pistola suena como matraca || The gun rattles",
      "s@59h Hi Benjamín, please tighten the head by turning it clockwise. || Hola Benjamín, ajusta el cabezal girándolo hacia la derecha.",
      "b@2h Ya lo hice y suena igual, les dejo foto [cabezal.jpg] || I did and it still rattles, here is a photo",
    ],
    seed: { replyDueInHours: 90 },
    more: CL,
  },
  {
    // not received
    who: "Luz Marina Becerra",
    city: "Bucaramanga",
    what: GL.coAudif,
    ship: { status: "shipped", ...REMOTE },
    opened: 18,
    says: ["b@18h Dice en tránsito hace veinte días || It has said in transit for twenty days"],
    seed: { reasonId: "PNR9501", resource: "shipment", replyDueInHours: 55 },
    more: CO,
  },
  {
    // the buyer considers the offer
    who: "Arturo Villaseñor",
    city: "Zapopan",
    what: GL.mxLampara,
    opened: 48,
    says: [
      "b@48h Proyecta una sola mitad || It only projects one half",
      "s@45h Hi Arturo, would you keep it for 30 % of your money back? || Hola Arturo, ¿te la quedarías si te devolvemos el 30 %?",
    ],
    seed: { offer: { percentage: 30, hoursAgo: 45 } },
    more: MX,
  },
  {
    // back, to be looked at
    who: "Daniela Urrutia",
    city: "Viña del Mar",
    what: GL.clMochila,
    chat: [
      "b El puerto de la mochila no carga mi celular || The port of the backpack does not charge my phone",
      "s Hola Daniela, ¿probaste con otro cable? || Hi Daniela, did you try another cable?",
    ],
    opened: 230,
    says: [
      "b@230h El puerto USB no carga || The USB port does not charge",
      "s@226h Hi Daniela, please send it back, the label is ready. || Hola Daniela, devuélvela por favor, la etiqueta está lista.",
    ],
    seed: { replyDueInHours: null, return: { status: "delivered", hoursAgo: 215, deliveredHoursAgo: 9 } },
    more: CL,
  },
  {
    // on its way
    who: "Thalita Bastos",
    city: "Vitória",
    what: GL.brTapete,
    opened: 120,
    says: ["b@120h O tapete veio menor que o anunciado || The mat is smaller than advertised"],
    seed: { reasonId: "PDD9941", replyDueInHours: null, return: { status: "shipped", hoursAgo: 110 } },
    more: BR,
  },
  {
    // the blocked conversation of the shop leads here
    who: "Graciela Montes",
    opened: 56,
    says: [
      "b@56h El reloj no es el de la foto, es de plástico [reloj-de-plastico.jpg] || The watch is not the one in the picture, it is made of plastic",
      "s@53h Hi Graciela, the case is resin, as the listing says. || Hola Graciela, la caja es de resina, como dice la publicación.",
      "m@24h <p>Hola, soy <b>Valeria</b>, de Mercado Libre.</p><p>Necesitamos una <b>foto del producto</b> antes del envío.</p> || <p>Hello, I am <b>Valeria</b> from Mercado Libre.</p><p>We need a <b>photo of the product</b> before it was shipped.</p>",
    ],
    seed: { reasonId: "PDD9941", dispute: { by: "buyer", hoursAgo: 50, decisionDueInHours: 20 } },
    more: MX,
  },
  {
    // pictures from a telephone, and no answer of the mediator yet
    who: "Óscar Iván Rincón",
    city: "Villavicencio",
    what: GL.coCamara,
    chat: [
      "b La cámara se ve borrosa de noche || The camera is blurry at night",
      "s Hola Óscar, revisa que la lámina protectora no siga puesta. || Hi Óscar, please check that the protective film is off.",
    ],
    opened: 84,
    says: [
      "b@84h La cámara llegó con el lente rayado [lente.heic][caja.jpg] || The camera arrived with a scratched lens",
      "s@80h Hi Óscar, can you show us the protective film? || Hola Óscar, ¿nos muestras la lámina protectora?",
      "b@31h Ya no la tengo || I no longer have it",
      "s@4h The lens is checked before it ships. Attached is the inspection record. [inspection-record.pdf] || El lente se revisa antes del envío. Adjuntamos el registro de inspección.",
    ],
    seed: { reasonId: "PDD9940", dispute: { by: "buyer", hoursAgo: 28, decisionDueInHours: 33 } },
    more: CO,
  },
  {
    // an own text that moderation took
    who: "Fátima Quiñones",
    city: "Culiacán",
    what: GL.mxCable,
    opened: 38,
    says: [
      "b@38h Los cables no dan los 100 W || The cables do not deliver 100 W",
      "s{OUT_OF_PLACE_LANGUAGE}@36h Buy a decent charger before you complain. || Compra un buen cargador antes de quejarte.",
    ],
    seed: { replyDueInHours: 61 },
    more: MX,
  },
  {
    who: "Adriana Lucía Peña",
    opened: 131,
    says: ["b@131h Llegó quebrada || It arrived broken"],
    seed: {
      reasonId: "PDD9940",
      status: "closed",
      offer: { percentage: 40, status: "accepted", hoursAgo: 126 },
      resolution: { reason: "partial_refunded", hoursAgo: 121 },
      reputation: { effect: "not_affected", hasIncentive: true, dueInHours: -83 },
    },
  },
  {
    who: "Rosa María Cano",
    opened: 73,
    says: [],
    seed: { type: "cancel_purchase", reasonId: "CS7101" },
  },
  {
    who: "Marcelo Aguirre",
    city: "Talca",
    what: GL.clSoporte,
    opened: 260,
    says: ["b@260h Venía en un empaque abierto || It came in an open package"],
    seed: {
      reasonId: "PDD9940",
      status: "closed",
      resolution: { reason: "timeout", benefited: ["respondent"], hoursAgo: 140 },
    },
    more: CL,
  },
];
