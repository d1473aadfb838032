import { AR } from "@/sandbox/shops/argentina-products";
import type { ClaimScript } from "@/sandbox/shops/claim-script";

const FULL = { status: "delivered", logisticType: "fulfillment" };

/** Claims in Argentina that wait for somebody: the seller, the buyer, or a parcel (claims.md 7). */
export const ARGENTINA_CLAIMS: ClaimScript[] = [
  {
    // unanswered, due today; the incentive's clock runs
    who: "Micaela Duarte",
    city: "Olavarría",
    what: AR.pava,
    chat: [
      "b La pava hace saltar la luz, ¿qué hago?",
      "s Hola Micaela, desenchufala y no la uses más, por favor.",
    ],
    opened: 27,
    says: [
      "b@27h La pava hace saltar la térmica apenas la enchufo. Probé en dos enchufes distintos y es siempre lo mismo [pava-base-quemada.jpg]",
    ],
    seed: { replyDueInHours: 5 },
  },
  {
    // due tomorrow
    who: "Federico Alsina",
    city: "Bariloche",
    what: AR.maceta,
    opened: 9,
    says: [
      "b@9h De las tres macetas dos llegaron partidas. La caja no tenía ni un papel de relleno [macetas-rotas.jpg][caja-sin-relleno.png]",
    ],
    seed: { reasonId: "PDD9940", replyDueInHours: 28 },
  },
  {
    // overdue, and not closed yet: the incentive is over
    who: "Roxana Villalba",
    city: "Formosa",
    what: AR.silla,
    opened: 118,
    says: [
      "b@118h La silla no reclina, la palanca gira en falso",
      "b@30h Hola?? Nadie contesta. Pienso pedir que intervenga Mercado Libre",
    ],
    seed: { replyDueInHours: -2, closesInHours: 24 },
  },
  {
    // answered: the buyer's turn; a mediation may be asked for
    who: "Valentín Sosa",
    city: "Villa María",
    what: AR.auricular,
    opened: 31,
    says: [
      "b@31h El auricular izquierdo se escucha muy bajito",
      "s@29h Hola Valentín, lamentamos el inconveniente. ¿Podés limpiar la rejilla con un cepillo seco y contarnos si mejora?",
    ],
  },
  {
    // the buyer wrote again: an answer is mandatory once more
    who: "Cecilia Montiel",
    city: "Rafaela",
    what: AR.aspiradora,
    opened: 70,
    says: [
      "b@70h La batería dura cuatro minutos con carga completa",
      "s@66h Hola Cecilia. ¿La dejaste cargar seis horas la primera vez?",
      "b@3h Sí, seis horas, y sigue igual. Acá va el video en fotos [bateria-4-minutos.jpg][cargador.jpg]",
    ],
    seed: { replyDueInHours: 44 },
  },
  {
    // not received, the seller's own carrier: evidence is asked for (claims.md 6.1)
    who: "Hernán Pacheco",
    city: "Trenque Lauquen",
    what: AR.bici,
    ship: { status: "shipped" },
    ownCarrier: true,
    chat: [
      "b ¿Con qué transporte viaja la bicicleta?",
      "s Hola Hernán, con Expreso del Oeste, puerta a puerta.",
    ],
    opened: 20,
    says: [
      "b@20h Pasaron nueve días y la bicicleta no llegó. El transporte que me dijeron no tiene registro de mi nombre",
    ],
    seed: { reasonId: "PNR9501", replyDueInHours: 30 },
  },
  {
    // not received, Mercado Envios: nothing but money or words
    who: "Norma Beatriz Quiroga",
    city: "Chivilcoy",
    what: AR.router,
    ship: { status: "delivered", logisticType: "xd_drop_off" },
    opened: 14,
    says: ["b@14h Figura entregado pero en mi casa no recibió nadie. El portero tampoco lo tiene"],
    seed: { reasonId: "PNR9508", resource: "shipment", replyDueInHours: 52 },
  },
  {
    // a partial refund that the buyer thinks about
    who: "Pablo Etcheverry",
    city: "Azul",
    what: AR.mochila,
    chat: ["b La mochila vino con un cierre descosido", "s Hola Pablo, contanos cómo preferís resolverlo."],
    opened: 52,
    says: [
      "b@52h Tiene un cierre descosido. No quiero devolverla, pero así no vale lo mismo [cierre-descosido.jpg]",
      "s@49h Hola Pablo, te ofrecemos devolverte el 30 % y te quedás con la mochila.",
    ],
    seed: { reasonId: "PDD9940", offer: { percentage: 30, hoursAgo: 49 } },
  },
  {
    // refused, and not in mediation yet
    who: "Silvana Ríos",
    city: "Concordia",
    what: AR.cortina,
    opened: 96,
    says: [
      "b@96h Pedí gris plata y llegaron blancas",
      "s@92h Hola Silvana, ¿te las quedarías con un 20 % de descuento?",
      "b@6h No, las necesito del color que compré. Prefiero devolverlas",
    ],
    seed: {
      reasonId: "PDD9943",
      offer: { percentage: 20, status: "rejected", hoursAgo: 92 },
      replyDueInHours: 60,
    },
  },
  {
    // Full: the same item again may be offered; the offers have limits
    who: "Tomás Irigoyen",
    city: "CABA",
    what: AR.cafetera,
    ship: FULL,
    opened: 12,
    says: ["b@12h Le falta la rejilla de goteo y el espumador viene rayado [cafetera-sin-rejilla.jpg]"],
    seed: {
      reasonId: "PDD9942",
      wants: "return_product",
      replyDueInHours: 34,
      restrictions: [{ percentage: 50, reason: "LOW_REPUTATION_RISK", type: "maximum" }],
      recommendations: [{ percentage: 30, reason: "ACCEPTED_BY_SIMILAR_BUYERS", type: "minimum" }],
    },
  },
  {
    // a replacement is on the table
    who: "Agustina Beltrán",
    city: "Morón",
    what: AR.smartwatch,
    ship: FULL,
    opened: 40,
    says: [
      "b@40h No carga más allá del 12 %",
      "s@37h Hola Agustina, te mandamos otro igual desde el depósito.",
    ],
    seed: { replacement: "pending" },
  },
  {
    // a return that the buyer has not sent
    who: "Ignacio Bustos",
    city: "Río Cuarto",
    what: AR.teclado,
    opened: 80,
    says: [
      "b@80h Vino con distribución en inglés, sin la ñ",
      "s@78h Hola Ignacio, tenés razón. Ya podés imprimir la etiqueta.",
    ],
    seed: { reasonId: "PDD9941", replyDueInHours: null, return: { status: "label_generated", hoursAgo: 77 } },
  },
  {
    // on its way back
    who: "Verónica Lamas",
    city: "Junín",
    what: AR.alfombra,
    opened: 150,
    says: ["b@150h Larga pelo y mancha el piso", "s@147h Hola Verónica, aceptamos la devolución."],
    seed: {
      reasonId: "PDD9941",
      replyDueInHours: null,
      return: { status: "shipped", hoursAgo: 140 },
      reputation: { effect: "not_affected", hasIncentive: true, dueInHours: -102 },
    },
  },
  {
    // back, and to be looked at within three days
    who: "Leandro Cufré",
    city: "Rosario",
    what: AR.taladro,
    chat: [
      "b El taladro gira pero no percute",
      "s Hola Leandro, ¿la perilla está en el símbolo del martillo?",
    ],
    opened: 200,
    says: ["b@200h El percutor no golpea", "s@196h Hola Leandro, mandalo de vuelta y lo revisamos."],
    seed: {
      replyDueInHours: null,
      return: { status: "delivered", hoursAgo: 190, deliveredHoursAgo: 7 },
      reputation: { effect: "not_affected", hasIncentive: true, dueInHours: -152 },
    },
  },
  {
    // the same for a cart of two orders
    who: "Jorgelina Paz",
    city: "San Nicolás",
    what: AR.sarten,
    also: [AR.termo],
    opened: 220,
    says: ["b@220h Las sartenes y el termo llegaron golpeados [sarten-golpeada.jpg][termo-golpeado.jpg]"],
    seed: {
      reasonId: "PDD9940",
      resource: "purchase",
      replyDueInHours: null,
      return: { status: "delivered", hoursAgo: 210, deliveredHoursAgo: 20 },
    },
  },
  {
    // back at the warehouse, which looks at it itself
    who: "Mirta Sandoval",
    city: "Quilmes",
    what: AR.ventilador,
    ship: FULL,
    opened: 170,
    says: ["b@170h Vino sin el motor"],
    seed: {
      reasonId: "PDD9942",
      replyDueInHours: null,
      return: { status: "delivered", destination: "warehouse", hoursAgo: 160, deliveredHoursAgo: 12 },
    },
  },
  {
    // cheap: the buyer keeps it, nothing travels
    who: "Rodrigo Ayala",
    city: "Posadas",
    what: AR.yerbera,
    opened: 60,
    says: ["b@60h La tapa de la azucarera no cierra"],
    seed: {
      reasonId: "PDD9940",
      replyDueInHours: null,
      return: { status: "pending", subtype: "low_cost", refundAt: "n/a", hoursAgo: 50 },
    },
  },
  {
    // a return that came out of nothing: no messages (claims.md 11)
    who: "Estefanía Rulli",
    city: "Ushuaia",
    what: AR.manta,
    opened: 130,
    says: [],
    seed: { type: "returns", reasonId: "PDD9944", return: { status: "shipped", hoursAgo: 120 } },
  },
  {
    // an own text that moderation took
    who: "Gastón Miranda",
    city: "Zárate",
    what: AR.parrilla,
    opened: 33,
    says: [
      "b@33h Las patas no traban, se cae sola",
      "s{OUT_OF_PLACE_LANGUAGE}@28h Gastón, si la armaste mal es problema tuyo, leé el manual",
      "s@27h Hola Gastón, disculpá. Las trabas van del lado de adentro, te paso el manual. [manual-parrilla.pdf]",
    ],
  },
  {
    // names as long as they come
    who: "María de los Ángeles Fernández de Quiroga Álvarez Condarco",
    city: "San Fernando del Valle de Catamarca",
    what: {
      title:
        "Mueble Organizador Modular Multiuso Para Baño Cocina Lavadero Con Estantes Regulables Y Puertas Blanco Mate",
      price: 241_350,
      variation: "Blanco mate con herrajes negros",
    },
    opened: 46,
    says: [
      "b@46h Vino con un panel menos y los agujeros no coinciden [foto-del-panel-que-falta-y-de-los-agujeros-que-no-coinciden-con-los-herrajes-segun-el-manual-pagina-7.jpg]",
    ],
    seed: { reasonId: "PDD9942", claimedQuantity: 1, quantityType: "partial", replyDueInHours: 50 },
  },
];
