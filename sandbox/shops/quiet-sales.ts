import { AR } from "@/sandbox/shops/argentina-products";
import { BR } from "@/sandbox/shops/brazil-products";
import { GL } from "@/sandbox/shops/global-products";
import type { Product } from "@/sandbox/shops/script";

/** Sales about which nobody wrote a word: buyer, city, product, days ago. */
export type QuietSale = readonly [who: string, city: string, what: Product, days: number];

export const QUIET_ARGENTINA: readonly QuietSale[] = [
  ["Hugo Ferrari", "Ramos Mejía", AR.pava, 0.2],
  ["Laura Bianchi", "Haedo", AR.mate, 0.6],
  ["Javier Rossi", "Caseros", AR.termo, 1.3],
  ["Marta Lagos", "Temperley", AR.manta, 2.2],
  ["Ariel Cáceres", "Banfield", AR.teclado, 3.4],
  ["Celeste Funes", "Villa Mercedes", AR.cortina, 4.1],
  ["Jorge Pereyra", "Gualeguay", AR.parrilla, 5.6],
  ["Antonella Zárate", "Carlos Paz", AR.smartwatch, 6.7],
  ["Marcos Britos", "Chascomús", AR.taladro, 8.3],
  ["Lidia Herrero", "Balcarce", AR.sarten, 9.9],
  ["Enzo Galarza", "Colón", AR.mouse, 12.4],
  ["Vanina Prieto", "Cañuelas", AR.maceta, 14.8],
  ["Ulises Basualdo", "Goya", AR.ventilador, 17.2],
  ["Elsa Cordero", "Río Tercero", AR.lampara, 20.5],
  ["Maximiliano Sala", "Lobos", AR.celular, 23.1],
  ["Teresa Olmos", "Dolores", AR.yerbera, 26.6],
  ["Germán Pintos", "San Justo", AR.estanteria, 28.9],
];

export const QUIET_BRAZIL: readonly QuietSale[] = [
  ["Adriana Neves", "Bauru", BR.garrafa, 0.3],
  ["Fábio Rangel", "Jundiaí", BR.fone, 0.9],
  ["Cláudia Porto", "Piracicaba", BR.jogo, 1.7],
  ["Sérgio Valente", "Cascavel", BR.suporte, 3.2],
  ["Regina Amaral", "Pelotas", BR.panela, 5.1],
  ["Igor Camargo", "Chapecó", BR.teclado, 7.4],
  ["Lívia Toledo", "Franca", BR.mochila, 9.6],
  ["Douglas Prates", "Betim", BR.churrasqueira, 12.8],
  ["Kelly Assunção", "Olinda", BR.tenis, 15.3],
  ["Nelson Quadros", "Vila Velha", BR.varal, 18.9],
  ["Rebeca Sarmento", "Mossoró", BR.kit, 22.7],
  ["Ailton Guedes", "Ilhéus", BR.cafeteira, 26.2],
];

/** By remote site. */
export const QUIET_GLOBAL: Record<"MLM" | "MLB" | "MLC" | "MCO", readonly QuietSale[]> = {
  MLM: [
    ["Óscar Trejo", "Tijuana", GL.mxDrone, 0.5],
    ["Mónica Ibarra", "Cancún", GL.mxLampara, 1.9],
    ["Gerardo Lugo", "Saltillo", GL.mxReloj, 4.4],
    ["Perla Núñez", "Morelia", GL.mxCable, 8.8],
  ],
  MLB: [
    ["Edson Marinho", "Recife", GL.brMicro, 2.6],
    ["Sabrina Klein", "Joinville", GL.brTapete, 6.2],
    ["Fábio Noronha", "Belém", GL.brOrg, 13.5],
  ],
  MLC: [
    ["Ignacio Sepúlveda", "La Serena", GL.clMochila, 3.3],
    ["Constanza Vidal", "Iquique", GL.clMasaje, 10.7],
  ],
  MCO: [
    ["Natalia Quintero", "Pereira", GL.coTermo, 5.5],
    ["Camilo Vargas", "Manizales", GL.coCamara, 16.1],
    ["Yuliana Mejía", "Ibagué", GL.coAudif, 24.4],
  ],
};
