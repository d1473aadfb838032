import type { Product } from "@/sandbox/shops/script";

/** What LOJA BOA VISTA sells. */
export const BR = {
  airfryer: {
    title: "Fritadeira Elétrica Sem Óleo 4,2 Litros Cesto Antiaderente",
    price: 289.9,
    variation: "Preto 127V",
    sku: "AF-42-127",
  },
  panela: { title: "Panela De Pressão Alumínio 4,5 Litros Fechamento Externo", price: 119.9 },
  fone: { title: "Fone De Ouvido Bluetooth Esportivo À Prova D'água", price: 89.9, variation: "Preto" },
  caixa: { title: "Caixa De Som Bluetooth 20W Portátil Resistente À Água", price: 199.9, variation: "Azul" },
  cafeteira: { title: "Cafeteira Elétrica 30 Xícaras Jarra De Vidro", price: 149.9, variation: "220V" },
  jogo: { title: "Jogo De Cama Queen 4 Peças 400 Fios Percal", price: 179.9, variation: "Cinza" },
  cadeira: { title: "Cadeira De Escritório Ergonômica Tela Mesh Apoio Lombar", price: 649, sku: "CAD-ERG" },
  furadeira: { title: "Parafusadeira E Furadeira 12V Bateria Lítio Com Maleta", price: 219.9 },
  tenis: { title: "Tênis Feminino Caminhada Leve Macio", price: 129.9, variation: "37" },
  mochila: {
    title: "Mochila Feminina Executiva Notebook Impermeável",
    price: 139.9,
    variation: "Rosa queimado",
  },
  garrafa: { title: "Garrafa Térmica Inox 1,2L Com Alça E Canudo", price: 79.9, variation: "Lilás" },
  tapete: { title: "Tapete Sala Felpudo Antiderrapante 2,00 x 1,40", price: 159.9, variation: "Mescla" },
  luminaria: { title: "Luminária Pendente Palhinha Sala Cozinha", price: 98.9 },
  kit: { title: "Kit 10 Potes De Vidro Hermético Com Tampa Bambu", price: 189.9 },
  bicicleta: { title: "Bicicleta Infantil Aro 16 Com Rodinhas E Cestinha", price: 399.9, variation: "Rosa" },
  aspirador: { title: "Robô Aspirador De Pó Varre Aspira Passa Pano Wi-fi", price: 799, sku: "ROBO-X" },
  teclado: { title: "Teclado E Mouse Sem Fio ABNT2 Silencioso", price: 109.9 },
  smart: { title: "Relógio Smartwatch Feminino Monitor Cardíaco", price: 159.9, variation: "Rosé" },
  cortina: { title: "Cortina Blackout 2,80 x 2,30 Ilhós", price: 134.9, variation: "Bege" },
  varal: { title: "Varal De Chão Com Abas Aço Reforçado Dobrável", price: 94.9 },
  suporte: { title: "Suporte Articulado Tv 32 A 65 Polegadas", price: 84.9 },
  churrasqueira: {
    title: "Churrasqueira Elétrica 1800W Grill Antiaderente",
    price: 169.9,
    variation: "127V",
  },
} satisfies Record<string, Product>;
