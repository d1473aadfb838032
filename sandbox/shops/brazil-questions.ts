import { BR } from "@/sandbox/shops/brazil-products";
import type { Listings, QuestionScript } from "@/sandbox/shops/question-script";

const brand = (value: string) => ({ id: "BRAND", name: "Marca", value });

/** What people ask LOJA BOA VISTA about. */
export const BRAZIL_LISTINGS: Listings = {
  airfryer: {
    ...titled(BR.airfryer),
    stock: 41,
    attributes: [
      brand("Boa Mesa"),
      { id: "VOLTAGE", name: "Voltagem", value: "127V" },
      { id: "CAPACITY", name: "Capacidade", value: "4,2 L" },
      { id: "WARRANTY", name: "Garantia", value: "12 meses" },
    ],
  },
  cadeira: {
    ...titled(BR.cadeira),
    stock: 8,
    attributes: [brand("Ergo Vista"), { id: "MAX_WEIGHT", name: "Peso máximo", value: "120 kg" }],
  },
  aspirador: {
    ...titled(BR.aspirador),
    stock: 12,
    attributes: [brand("Limpa Lar"), { id: "AUTONOMY", name: "Autonomia", value: "100 min" }],
  },
  furadeira: {
    ...titled(BR.furadeira),
    stock: 27,
    attributes: [brand("Forja"), { id: "VOLTAGE", name: "Voltagem", value: "12V" }],
  },
  jogo: {
    ...titled(BR.jogo),
    stock: 19,
    attributes: [brand("Algodoeira"), { id: "SIZE", name: "Tamanho", value: "Queen" }],
  },
  // paused: it cannot be answered about until it is active again
  churrasqueira: {
    ...titled(BR.churrasqueira),
    stock: 0,
    status: "paused",
    subStatus: ["out_of_stock"],
    attributes: [brand("Boa Mesa"), { id: "VOLTAGE", name: "Voltagem", value: "127V" }],
  },
};

/** One chain a row. */
export const BRAZIL_QUESTIONS: QuestionScript[] = [
  {
    who: "Larissa Vasconcelos",
    city: "Sorocaba",
    about: "airfryer",
    says: ["q@7m Boa tarde! Tem na voltagem 220V também?"],
  },
  {
    who: "Otávio Guimarães",
    city: "Londrina",
    about: "airfryer",
    says: [
      "q@4d Cabe um frango inteiro?",
      "a@4d Olá, Otávio! Um frango de até 1,5 kg cabe, sim. 😊",
      "q@33h E o cesto pode ir na lava-louças?",
      "a@32h Pode, o cesto e a grade são antiaderentes e vão na lava-louças.",
      "q@42m Show! Emite nota fiscal no CNPJ?",
    ],
  },
  {
    // two questions wait in one chain
    who: "Priscila Tavares Mota",
    city: "Niterói",
    about: "cadeira",
    says: [
      "q@9h Oi, qual a altura máxima do assento até o chão?",
      "q@8h E as rodinhas riscam piso laminado?",
    ],
  },
  {
    who: "Cleiton Barroso",
    city: "Uberlândia",
    about: "aspirador",
    says: ["q@2d Ele mapeia a casa ou anda aleatório? Tenho dois cachorros, dá conta do pelo?"],
  },
  {
    who: "Heloísa Sampaio",
    city: "Recife",
    about: "jogo",
    says: ["q@16d Bom dia, o elástico do lençol serve em colchão de 38 cm de altura?"],
  },
  {
    // a long one
    who: "Anselmo Figueiredo",
    city: "Juiz de Fora",
    about: "furadeira",
    says: [
      "q@3h Boa noite. Vou montar sozinho os móveis de uma cozinha inteira: são uns vinte e poucos gaveteiros, três armários aéreos e uma bancada que precisa ser fixada em parede de bloco de concreto. Queria saber, antes de comprar, se a bateria que vem na maleta aguenta pelo menos uma hora de uso contínuo apertando parafuso de 4 por 40, se dá para comprar a segunda bateria separada e por quanto, se o mandril é de aperto rápido e até que diâmetro de broca ele aceita, e se o modo de impacto resolve em concreto ou se para a bancada eu vou precisar mesmo de um martelete. Outra coisa: o carregador é bivolt automático? Aqui em casa é 127V, mas a obra é em 220V. E a garantia é com vocês ou preciso procurar a assistência da marca? Obrigado pela atenção e desculpe tanta pergunta! 🔧🪛",
    ],
  },
  {
    // on hold: it cannot be answered yet
    who: "Samara Pimentel",
    city: "Manaus",
    about: "cadeira",
    says: ["q{hold}@25m Entregam em Manaus? Em quantos dias?"],
  },
  {
    who: "Renda Extra Já",
    about: "aspirador",
    says: ["q{spam}@6h TRABALHE DE CASA e ganhe até 5 mil por mês, pergunte como!!!"],
  },
  {
    // the question itself was banned
    who: "Jorge Luiz Peçanha",
    city: "Campos",
    about: "furadeira",
    says: ["q{banned=CONTACT_DATA}@3d Me chama no zap 22 95555 0133 que fecho direto com você"],
  },
  {
    // the answer was banned
    who: "Michele Anjos",
    city: "Feira de Santana",
    about: "jogo",
    says: [
      "q@5d Tem foto das outras cores?",
      "a{banned=LINKS}@5d Oi, Michele! Veja todas em www.lojaboavista.example/cores",
    ],
  },
  {
    who: "Everaldo Quintino",
    city: "Maringá",
    about: "churrasqueira",
    says: ["q@11h Vai voltar ao estoque antes do Natal?"],
  },
  {
    who: "Bianca Saldanha",
    city: "Porto Alegre",
    about: "aspirador",
    says: [
      "q@8d Funciona com a Alexa?",
      "a@8d Oi, Bianca! Funciona com a Alexa e com o Google Assistente, por Wi-Fi de 2,4 GHz.",
      "q@7d Perfeito, obrigada! E a peça de reposição da escova, vocês vendem?",
      "a@6d Vendemos, sim: é só procurar por escova ROBO-X na nossa loja.",
    ],
  },
];

function titled({ title, price }: { title: string; price: number }) {
  return { title, price };
}
