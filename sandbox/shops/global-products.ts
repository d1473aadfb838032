import type { Product } from "@/sandbox/shops/script";

/** What PACIFIC GOODS sells, as the listing reads on each remote site. */
export const GL = {
  mxDrone: { title: "Drone Plegable Con Cámara 4k Doble Batería", price: 1_899 },
  mxLampara: { title: "Proyector De Galaxia Luz Nocturna Bluetooth", price: 549 },
  mxReloj: { title: "Reloj Inteligente Hombre Militar Resistente Al Agua", price: 799, variation: "Verde" },
  mxCable: { title: "Cable Usb-c Carga Rápida 100w 2 Metros Pack De 3", price: 249 },
  brMicro: { title: "Microfone De Lapela Sem Fio Duplo Para Celular", price: 149.9 },
  brOrg: { title: "Organizador De Cabos Silicone Kit Com 6", price: 39.9 },
  brTapete: { title: "Tapete De Yoga TPE Antiderrapante 6mm", price: 119.9, variation: "Verde" },
  brMini: { title: "Mini Projetor Portátil Full HD Wi-Fi", price: 459 },
  clMochila: { title: "Mochila Antirrobo Con Puerto Usb 25 L", price: 27_990, variation: "Gris" },
  clSoporte: { title: "Soporte Magnético Celular Auto Rejilla", price: 8_990 },
  clMasaje: { title: "Pistola De Masaje Muscular 6 Cabezales", price: 34_990 },
  coAudif: { title: "Audífonos Diadema Bluetooth Cancelación De Ruido", price: 159_900, variation: "Azul" },
  coCamara: { title: "Cámara Wifi Bombillo 360 Visión Nocturna", price: 74_900 },
  coTermo: { title: "Termo Digital Con Pantalla De Temperatura 500 ml", price: 42_900 },
} satisfies Record<string, Product>;
