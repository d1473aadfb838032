/** A property that AUTOMOTORA ANDES lists beside its cars. */
export interface HomeRow {
  key: string;
  title: string;
  kind: "Departamento" | "Casa" | "Parcela" | "Oficina";
  operation: "Venta" | "Arriendo";
  commune: string;
  bedrooms: number;
  bathrooms: number;
  /** Square metres. */
  area: number;
  /** Thousands of Chilean pesos. */
  price: number;
  daysListed: number;
  daily: number;
}

/** Its six properties. */
export const HOMES: HomeRow[] = [
  {
    key: "nunoa",
    title: "Departamento Ñuñoa 2 Dormitorios 2 Baños Cerca Del Metro",
    kind: "Departamento",
    operation: "Venta",
    commune: "Ñuñoa",
    bedrooms: 2,
    bathrooms: 2,
    area: 62,
    price: 148_500,
    daysListed: 27,
    daily: 3.3,
  },
  {
    key: "providencia",
    title: "Departamento 1 Dormitorio Providencia Amoblado Con Bodega",
    kind: "Departamento",
    operation: "Arriendo",
    commune: "Providencia",
    bedrooms: 1,
    bathrooms: 1,
    area: 38,
    price: 520,
    daysListed: 7,
    daily: 5.6,
  },
  {
    key: "maipu",
    title: "Casa Maipú 3 Dormitorios Patio Y Estacionamiento",
    kind: "Casa",
    operation: "Venta",
    commune: "Maipú",
    bedrooms: 3,
    bathrooms: 2,
    area: 96,
    price: 132_900,
    daysListed: 54,
    daily: 1.9,
  },
  {
    key: "colina",
    title: "Casa Chicureo 4 Dormitorios Piscina Y Quincho",
    kind: "Casa",
    operation: "Venta",
    commune: "Colina",
    bedrooms: 4,
    bathrooms: 4,
    area: 210,
    price: 398_000,
    daysListed: 88,
    daily: 0.7,
  },
  {
    key: "curacavi",
    title: "Parcela 5.000 m² Curacaví Con Factibilidad De Luz Y Agua",
    kind: "Parcela",
    operation: "Venta",
    commune: "Curacaví",
    bedrooms: 0,
    bathrooms: 0,
    area: 5000,
    price: 46_900,
    daysListed: 37,
    daily: 2.3,
  },
  {
    key: "lascondes",
    title: "Oficina Las Condes 45 m² Planta Libre A Pasos De El Golf",
    kind: "Oficina",
    operation: "Arriendo",
    commune: "Las Condes",
    bedrooms: 0,
    bathrooms: 1,
    area: 45,
    price: 890,
    daysListed: 20,
    daily: 0.9,
  },
];
