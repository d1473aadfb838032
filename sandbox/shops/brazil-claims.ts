import { BR } from "@/sandbox/shops/brazil-products";
import type { ClaimScript } from "@/sandbox/shops/claim-script";

/** Open claims in Brazil (claims.md 7). */
export const BRAZIL_CLAIMS: ClaimScript[] = [
  {
    // due today
    who: "Priscila Nogueira",
    city: "Blumenau",
    what: BR.panela,
    opened: 21,
    says: ["b@21h A panela não pega pressão, a borracha veio frouxa [borracha-frouxa.jpg]"],
    seed: { replyDueInHours: 6 },
  },
  {
    // due tomorrow, the incentive is over
    who: "Marcos Aurélio Dias",
    city: "Aracaju",
    what: BR.caixa,
    opened: 75,
    says: ["b@75h Só carrega se eu segurar o cabo torto"],
    seed: { replyDueInHours: 31, reputation: { effect: "affected", hasIncentive: true, dueInHours: -27 } },
  },
  {
    // no guarantee, same 48 hours (claims.md 4.5)
    who: "Helena Bittencourt",
    city: "Petrópolis",
    what: BR.jogo,
    opened: 16,
    says: ["b@16h Veio jogo de casal e comprei queen"],
    seed: {
      reasonId: "PDD9943",
      replyDueInHours: 66,
      reputation: { effect: "affected", hasIncentive: false, dueInHours: 32 },
    },
  },
  {
    // answered
    who: "Wesley Barcelos",
    city: "Contagem",
    what: BR.furadeira,
    opened: 42,
    says: [
      "b@42h O mandril não prende a broca",
      "s@40h Oi Wesley! Gire o anel no sentido anti-horário até travar, por favor.",
    ],
  },
  {
    // own carrier: a promise has been given
    who: "Dona Cida Ferraz",
    city: "Montes Claros",
    what: BR.bicicleta,
    ship: { status: "shipped" },
    ownCarrier: true,
    opened: 33,
    says: [
      "b@33h O prazo passou e a bicicleta da minha neta não chegou",
      "s@30h Oi Cida, a transportadora confirmou a saída. Mando o comprovante hoje.",
    ],
    seed: { reasonId: "PNR9501" },
  },
  {
    // the buyer considers the offer
    who: "Renan Cavalcante",
    city: "Teresina",
    what: BR.tapete,
    opened: 58,
    says: [
      "b@58h O tapete tem uma mancha no canto [mancha-tapete.jpg]",
      "s@55h Oi Renan, devolvemos 20 % e você fica com ele?",
    ],
    seed: { reasonId: "PDD9940", offer: { percentage: 20, hoursAgo: 55 } },
  },
  {
    // back, to be looked at
    who: "Sílvia Rezende",
    city: "Ribeirão Preto",
    what: BR.smart,
    chat: [
      "b O relógio desliga e liga sozinho",
      "s Oi Sílvia, tente restaurar de fábrica pelo menu, por favor.",
    ],
    opened: 190,
    says: ["b@190h O relógio reinicia sozinho", "s@186h Oi Sílvia, pode devolver, já liberamos a etiqueta."],
    seed: { replyDueInHours: null, return: { status: "delivered", hoursAgo: 180, deliveredHoursAgo: 11 } },
  },
  {
    // on its way
    who: "Anderson Toledo",
    city: "Caruaru",
    what: BR.cafeteira,
    opened: 95,
    says: [
      "b@95h A jarra chegou em pedaços [jarra-quebrada.jpg]",
      "s@93h Oi Anderson, sentimos muito. Pode devolver.",
    ],
    seed: {
      reasonId: "PDD9940",
      replyDueInHours: null,
      return: { status: "shipped", refundAt: "shipped", money: "refunded", hoursAgo: 90 },
    },
  },
  {
    // a mediation: the shop's blocked conversation leads here
    who: "Carlos Eduardo Pinto",
    opened: 8.6,
    says: [
      "b@8.6h A fritadeira parou de esquentar no segundo dia",
      "s@8.3h Oi Carlos, pode mandar uma foto da etiqueta de voltagem?",
      "b@8h É 127, igual à minha tomada. Quero meu dinheiro [airfryer-etiqueta.jpg]",
      "m@5h <p>Olá, sou a <b>Bianca</b>, da equipe de mediações do Mercado Livre.</p><p>Pode nos enviar a <b>nota fiscal</b>?</p>",
    ],
    seed: { dispute: { by: "buyer", hoursAgo: 8.1, decisionDueInHours: 38 } },
  },
  {
    // in mediation with nobody's word yet
    who: "Luzia Sampaio",
    city: "São José dos Pinhais",
    what: BR.luminaria,
    chat: [
      "b O pendente veio com fio curto, vocês têm extensão?",
      "s Oi Luzia, o fio tem 80 cm, como está na ficha do anúncio.",
    ],
    opened: 64,
    says: [
      "b@64h O fio é curto demais e o lustre veio amassado",
      "s@61h Oi Luzia, o comprimento está no anúncio.",
    ],
    seed: { reasonId: "PDD9941", dispute: { by: "buyer", hoursAgo: 3 } },
  },
  {
    // a return in mediation: only the mediator may be written to (claims.md 11)
    who: "Geraldo Pacheco Neto",
    city: "Anápolis",
    what: BR.varal,
    chat: ["b O varal voltou para vocês?", "s Oi Geraldo, ainda não chegou aqui."],
    opened: 210,
    says: ["m@60h <p>Precisamos de uma foto do varal como saiu do seu estoque.</p>"],
    seed: {
      type: "returns",
      reasonId: "PDD9940",
      dispute: { by: "mediator", hoursAgo: 70 },
      return: { status: "not_delivered", hoursAgo: 200 },
    },
  },
  {
    // an exchange under way
    who: "Rosana Figueiredo",
    city: "Itajaí",
    what: BR.tenis,
    opened: 88,
    says: ["b@88h Ficou pequeno, preciso do 38", "s@86h Oi Rosana, combinado, trocamos pelo 38."],
    seed: {
      reasonId: "PDD9943",
      wants: "change_product",
      replyDueInHours: null,
      change: { status: "purchase_shipped", hoursAgo: 80 },
    },
  },
];
