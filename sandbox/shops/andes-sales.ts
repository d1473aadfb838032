import type { Script } from "@/sandbox/shops/script";

const PARTS = {
  pisos: { title: "Pisos De Goma Suzuki Swift 2018 a 2023 Juego Completo", price: 34_990, sku: "PIS-SWF" },
  funda: { title: "Funda Cubre Auto Impermeable Talla L Con Seguro", price: 42_500 },
  barras: { title: "Barras Porta Equipaje Universales Aluminio 120 cm", price: 58_900, sku: "BAR-120" },
};

/** Accessories: what AUTOMOTORA ANDES sells by parcel. */
export const ANDES_SALES: Script[] = [
  {
    who: "Claudia Mardones",
    city: "Osorno",
    what: PARTS.pisos,
    last: 44,
    says: ["b Hola, ¿los pisos le quedan al Swift Sport 2020?"],
  },
  {
    who: "Víctor Hugo Peña",
    city: "Calama",
    what: PARTS.barras,
    last: 1_500,
    says: [
      "b Buenas, ¿las barras traen llave?",
      "s Hola Víctor Hugo, traen dos llaves y el seguro antirrobo viene puesto.",
    ],
  },
  {
    who: "Marisol Añasco",
    city: "Valdivia",
    what: PARTS.funda,
    last: 380,
    says: [
      "b ¿La funda tiene interior afelpado? Acá llueve harto",
      "s Sí, Marisol, y costuras selladas.",
      "b Excelente, gracias",
    ],
  },
];
