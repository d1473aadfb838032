import { AR } from "@/sandbox/shops/argentina-products";
import { BR } from "@/sandbox/shops/brazil-products";
import { GL } from "@/sandbox/shops/global-products";
import { hotelTalk } from "@/sandbox/shops/hotel-talk";
import type { Script } from "@/sandbox/shops/script";

const LIMITED = "blocked_by_conversation_initiated_by_seller_limited";
const HOURS = 60;
const REMOTE = { logisticType: "remote" };

/** Conversations in Argentina that show one rule each: what a guided start, a rejected text or a lost file looks like. */
export const ARGENTINA_CASES: Script[] = [
  {
    // messages.md 0.5, 3: a Full sale that nobody has written about
    who: "Milagros Ferreira",
    city: "Tandil",
    what: AR.auricular,
    last: 0,
    says: [],
    sold: 1.3,
    ship: { status: "shipped", logisticType: "fulfillment" },
    blocked: LIMITED,
  },
  {
    // messages.md 3.1: Flex, with a delivery to promise
    who: "Bautista Roldán",
    city: "Vicente López",
    what: AR.smartwatch,
    last: 0,
    says: [],
    sold: 0.3,
    ship: { status: "ready_to_ship", substatus: "printed", logisticType: "self_service" },
    blocked: LIMITED,
  },
  {
    // messages.md 3.3: manufacturing time, so the messaging resource is the way
    who: "Graciela Ibarra",
    city: "Salta",
    what: { title: "Biblioteca A Medida Madera Maciza Fabricación 20 Días", price: 389_000 },
    last: 0,
    says: [],
    sold: 0.8,
    ship: { status: "pending", logisticType: "drop_off" },
    blocked: LIMITED,
    more: { isExcepted: true },
  },
  {
    // messages.md 7: rejected, waiting to be repaired
    who: "Luciano Bossi",
    city: "Casilda",
    what: AR.colchon,
    last: 13,
    pace: 9,
    says: [
      "b Hola, ¿cómo coordinamos para que lo suban por la escalera?",
      "s{SOCIAL_NETWORK_LINK} ¡Hola Luciano! Escribinos al WhatsApp 341 555 0142 y lo coordinamos con el flete.",
    ],
  },
  {
    // messages.md 0.8: fine at first, rejected three minutes after the start
    who: "Jimena Oroño",
    city: "Gálvez",
    what: AR.hidrolavadora,
    last: 5,
    pace: 15,
    says: [
      "b ¿El service oficial me cubre la bomba?",
      "s{LINK_SHORT_URL+3} Sí Jimena, la bomba tiene dos años. Acá están los talleres: tinyurl.com/talleres-norte",
    ],
  },
  {
    // messages.md 2.1, 8: the only unread message is one that nobody can see
    who: "Ulises Marconi",
    city: "Venado Tuerto",
    what: AR.mouse,
    last: 34,
    pace: 20,
    says: [
      "b ¿Trae pilas o se carga?",
      "s Hola Ulises, se carga por USB y dura unas tres semanas.",
      "b{PERSONAL_DATA} Bien. Te dejo mi correo por si hay promo: ulises@correo.example",
    ],
  },
  {
    // messages.md 2.4, 2.5: every kind of file, one of them vanished
    who: "Nélida Farías",
    city: "Gualeguaychú",
    what: AR.ventilador,
    last: 44,
    pace: 12,
    says: [
      "b Llegó con un aspa doblada. Mando todo lo que tengo [aspa-doblada.jpg][etiqueta-ventilador.png][informe-service.pdf][mis-notas.txt][-caja-por-fuera.jpg]",
      "s Gracias Nélida, se ve clarísimo. Te mandamos el aspa con este comprobante. [comprobante-aspa.pdf]",
      "b ¿Y la foto de la caja la pudieron abrir? A mí ya no me carga",
    ],
  },
  {
    // messages.md 2.1, `text`: markup in a text
    who: "Darío Bonelli",
    city: "Rosario",
    what: AR.teclado,
    last: 58,
    says: [
      'b Hola,<br>¿es el mismo que este?<br><a href="https://articulo.mercadolibre.com.ar/MLA-1400123456-teclado">el teclado que tenía</a><br>Uso &amp; abuso: 8 horas por día',
    ],
  },
  {
    // messages.md 0.7, 8: a limit of 0 was seen, most likely "cannot send"
    who: "Ivana Lezcano",
    city: "Resistencia",
    what: AR.router,
    last: 95,
    says: ["b ¿Tiene repetidor incluido?"],
    more: { sellerMaxLength: 0 },
  },
  {
    // history: pages and pages
    who: "Esteban Fontana",
    city: "Villa Gesell",
    what: AR.cortina,
    last: 31 * HOURS,
    pace: 9,
    says: hotelTalk(),
  },
];

/** The same in Brazil, agents among them (messages.md 4.2, 4.3). */
export const BRAZIL_CASES: Script[] = [
  {
    who: "Natália Bragança",
    city: "Campina Grande",
    what: BR.caixa,
    last: 0,
    says: [],
    sold: 1.1,
    ship: { status: "shipped", logisticType: "fulfillment" },
    blocked: LIMITED,
  },
  {
    // messages.md 4.3: it began with the buyer and was migrated to the agent
    who: "Evandro Peixoto",
    city: "Foz do Iguaçu",
    what: BR.cafeteira,
    last: 27,
    pace: 18,
    says: [
      "b^ Boa noite, o filtro permanente vem junto?",
      "s^ Boa noite, Evandro! Vem sim, já encaixado na jarra.",
      "b@9h O comprador informa que a cafeteira chegou sem o filtro permanente e pede o envio da peça",
    ],
    more: { isAgent: true },
  },
  {
    // messages.md 4.2: 40 of its 48 business hours are gone, unless a weekend lies between
    who: "Mônica Varella",
    city: "Criciúma",
    what: BR.panela,
    last: 40 * HOURS,
    says: ["b O comprador pergunta se a válvula pode ser trocada separadamente e por qual valor"],
    ship: { logisticType: "fulfillment" },
    more: { isAgent: true },
  },
];

/** The same in Global Selling (messages.md 5). */
export const GLOBAL_CASES: Script[] = [
  {
    // messages.md 5: the one first message is spent
    who: "Ximena Olvera",
    city: "Hermosillo",
    what: GL.mxReloj,
    last: 4 * HOURS,
    says: [
      "s<OTHER> Hola Ximena, tu reloj sale hoy; el color verde está confirmado. || Hi Ximena, your watch ships today; the green colour is confirmed.",
    ],
    sold: 0.9,
    ship: REMOTE,
    blocked: LIMITED,
    more: { siteId: "MLM" },
  },
  {
    // messages.md 2.4, CBT types: HEIC, and a file that vanished
    who: "Renê Couto",
    city: "Florianópolis",
    what: GL.brMini,
    last: 51,
    pace: 12,
    says: [
      "b A lente veio riscada, mando as fotos do celular [lente-riscada.heic][-lente-de-perto.heic] || The lens arrived scratched, here are the pictures from my phone",
      "s Oi Renê, sentimos muito. Vamos trocar o projetor. || Hi Renê, we are very sorry. We will replace the projector.",
      "b Obrigado! Preciso devolver este antes? || Thank you! Do I have to send this one back first?",
    ],
    more: { siteId: "MLB" },
  },
];
