import { GL } from "@/sandbox/shops/global-products";
import type { Listings, QuestionScript } from "@/sandbox/shops/question-script";

const brand = (value: string) => ({ id: "BRAND", name: "Brand", value });

/** What people in four countries ask PACIFIC GOODS about. */
export const GLOBAL_LISTINGS: Listings = {
  mxDrone: {
    ...titled(GL.mxDrone),
    siteId: "MLM",
    stock: 60,
    attributes: [brand("Pacific Air"), { id: "RANGE", name: "Range", value: "800 m" }],
  },
  mxReloj: {
    ...titled(GL.mxReloj),
    siteId: "MLM",
    stock: 140,
    attributes: [brand("Trek"), { id: "WATER", name: "Water resistance", value: "5 ATM" }],
  },
  brMini: {
    ...titled(GL.brMini),
    siteId: "MLB",
    stock: 25,
    attributes: [brand("Pacific View"), { id: "RESOLUTION", name: "Resolution", value: "1080p" }],
  },
  brTapete: { ...titled(GL.brTapete), siteId: "MLB", stock: 88, attributes: [brand("Pacific Fit")] },
  clMasaje: { ...titled(GL.clMasaje), siteId: "MLC", stock: 31, attributes: [brand("Pacific Fit")] },
  // paused: it cannot be answered about until it is active again
  clMochila: {
    ...titled(GL.clMochila),
    siteId: "MLC",
    stock: 0,
    status: "paused",
    subStatus: ["out_of_stock"],
    attributes: [brand("Pacific Travel"), { id: "CAPACITY", name: "Capacity", value: "25 L" }],
  },
  coAudif: {
    ...titled(GL.coAudif),
    siteId: "MCO",
    stock: 54,
    attributes: [brand("Pacific Sound"), { id: "COLOR", name: "Color", value: "Azul" }],
  },
};

/** One chain a row, with the translation that Mercado Libre adds (questions-and-contacts.md 3). */
export const GLOBAL_QUESTIONS: QuestionScript[] = [
  {
    who: "Itzel Montaño",
    city: "Puebla",
    about: "mxDrone",
    says: [
      "q@9m ¿Trae las dos baterías o se compran aparte? || Does it come with both batteries or are they sold separately?",
    ],
  },
  {
    who: "Emiliano Cárdenas",
    city: "Guadalajara",
    about: "mxDrone",
    says: [
      "q@3d ¿Se puede volar con viento? || Can it be flown in the wind?",
      "a@3d It holds well in winds of up to 25 km/h. || Se mantiene bien con vientos de hasta 25 km/h.",
      "q@55m ¿Y a cuántos metros llega la señal de video? || And how many meters does the video signal reach?",
    ],
  },
  {
    // two questions wait in one chain
    who: "Rubí Alcántara",
    city: "Mérida",
    about: "mxReloj",
    says: [
      "q@10h ¿Contesta llamadas? || Does it answer calls?",
      "q@9h ¿Y sirve con iPhone? || And does it work with an iPhone?",
    ],
  },
  {
    who: "Thaís Rangel",
    city: "Vitória",
    about: "brMini",
    says: ["q@2h Precisa pagar imposto na entrega? 😬 || Do I have to pay taxes on delivery? 😬"],
  },
  {
    who: "Wagner Siqueira",
    city: "Belém",
    about: "brMini",
    says: ["q@12d Qual a distância máxima da parede? || What is the greatest distance from the wall?"],
  },
  {
    // no translation came
    who: "Josefa Nery",
    city: "Aracaju",
    about: "brTapete",
    says: ["q@28h Tem cheiro forte? Sou alérgica."],
  },
  {
    who: "Amanda Coimbra",
    city: "Santos",
    about: "brTapete",
    says: [
      "q@6d Escorrega em piso frio? || Does it slip on a cold floor?",
      "a@6d No, the underside has a grip made for tiles. || Não, a parte de baixo é antiderrapante para pisos frios.",
    ],
  },
  {
    // on hold: it cannot be answered yet
    who: "Cristóbal Sanhueza",
    city: "Temuco",
    about: "clMasaje",
    says: ["q{hold}@33m ¿Cuánto dura la batería? || How long does the battery last?"],
  },
  {
    who: "Maite Valdebenito",
    city: "Valparaíso",
    about: "clMochila",
    says: ["q@5h ¿Cabe un notebook de 17 pulgadas? || Does a 17 inch laptop fit?"],
  },
  {
    // the answer was banned
    who: "Duván Quiceno",
    city: "Medellín",
    about: "coAudif",
    says: [
      "q@4d ¿Tienen garantía en Colombia? || Do they have a warranty in Colombia?",
      "a{banned=CONTACT_DATA}@4d Yes, write to warranty@pacificgoods.example || Sí, escriba a warranty@pacificgoods.example",
    ],
  },
  {
    // the question itself was banned
    who: "Yesica Bohórquez",
    city: "Cali",
    about: "coAudif",
    says: [
      "q{banned=LINKS}@5d Los vi más baratos en https://otra.example, ¿los igualan? || I saw them cheaper at https://otra.example, do you match it?",
    ],
  },
  {
    who: "Brayan Uribe",
    city: "Bogotá",
    about: "coAudif",
    says: ["q{spam}@7h Gane dinero desde casa, pregunte cómo || Earn money from home, ask how"],
  },
  {
    who: "Luz Marina Ospina",
    city: "Pereira",
    about: "coAudif",
    says: [
      "q@9d ¿Se escuchan bien en llamadas? || Do they sound good in calls?",
      "a@8d Yes, they have two microphones with noise reduction. || Sí, tienen dos micrófonos con reducción de ruido.",
      "q{review}@30h ¿Y el estuche viene incluido? || And is the case included?",
    ],
  },
];

function titled({ title, price }: { title: string; price: number }) {
  return { title, price };
}
