import { AR } from "@/sandbox/shops/argentina-products";
import type { Listings, QuestionScript } from "@/sandbox/shops/question-script";

const brand = (value: string) => ({ id: "BRAND", name: "Marca", value });
const model = (value: string) => ({ id: "MODEL", name: "Modelo", value });

/** What people ask CASA NORTE about. */
export const ARGENTINA_LISTINGS: Listings = {
  pava: {
    ...titled(AR.pava),
    stock: 34,
    attributes: [
      brand("Norte Hogar"),
      model("PV-17"),
      { id: "CAPACITY", name: "Capacidad", value: "1,7 L" },
      { id: "POWER", name: "Potencia", value: "2200 W" },
      { id: "WARRANTY", name: "Garantía", value: "12 meses" },
    ],
  },
  silla: {
    ...titled(AR.silla),
    stock: 6,
    attributes: [
      brand("Norte Gamer"),
      model("G2"),
      { id: "COLOR", name: "Color", value: "Negro y rojo" },
      { id: "MAX_WEIGHT", name: "Peso máximo soportado", value: "150 kg" },
    ],
  },
  bici: {
    ...titled(AR.bici),
    stock: 3,
    attributes: [
      brand("Cordillera"),
      { id: "WHEEL_SIZE", name: "Rodado", value: "29" },
      { id: "FRAME_SIZE", name: "Talle", value: "M" },
      { id: "SPEEDS", name: "Velocidades", value: "21" },
    ],
  },
  cafetera: {
    ...titled(AR.cafetera),
    stock: 11,
    attributes: [brand("Norte Hogar"), { id: "PRESSURE", name: "Presión", value: "15 bares" }],
  },
  zapatilla: {
    ...titled(AR.zapatilla),
    stock: 22,
    attributes: [brand("Kumbre"), { id: "SIZE", name: "Talle", value: "42 AR" }],
  },
  // paused: it cannot be answered about until it is active again
  hidrolavadora: {
    ...titled(AR.hidrolavadora),
    stock: 0,
    status: "paused",
    subStatus: ["out_of_stock"],
    attributes: [brand("Karpex"), { id: "PRESSURE", name: "Presión", value: "130 bar" }],
  },
  colchon: { ...titled(AR.colchon), stock: 9, attributes: [brand("Descanso")] },
  cuna: { ...titled(AR.cuna), stock: 0, status: "closed", attributes: [brand("Nido")] },
  router: {
    ...titled(AR.router),
    stock: 17,
    status: "under_review",
    attributes: [brand("Enlace"), { id: "WIFI", name: "Wi-Fi", value: "6" }],
  },
};

/** One chain a row: the newest minutes old, the oldest weeks. */
export const ARGENTINA_QUESTIONS: QuestionScript[] = [
  {
    who: "Pilar Etchegaray",
    city: "Rosario",
    about: "pava",
    says: ["q@4m Hola! Corta sola cuando llega a temperatura de mate? Gracias"],
  },
  {
    who: "Ignacio Bertolini",
    city: "Mendoza",
    about: "pava",
    says: [
      "q@2d Buenas, ¿la base es giratoria?",
      "a@2d Hola Ignacio, sí, gira 360° y el cable se guarda debajo. ¡Esperamos tu compra!",
      "q@26h Genial. ¿Y se puede usar con 110 V? Me voy a Paraguay.",
      "a@25h Funciona solo con 220 V, igual que en Paraguay, así que no vas a tener problema.",
      "q@19m Última consulta: si la compro ahora, ¿llega a Mendoza antes del viernes?",
    ],
  },
  {
    // two questions wait in one chain
    who: "Rocío Maidana",
    city: "Corrientes",
    about: "silla",
    says: [
      "q@7h Hola, ¿cuánto peso aguanta? Mido 1,90 y peso 115.",
      "q@6h Ah, y otra cosa: ¿el apoyapiés se saca o queda fijo?",
    ],
  },
  {
    who: "Damián Uriburu",
    city: "San Isidro",
    about: "silla",
    says: ["q@31h Buen día. Necesito 8 unidades para una oficina. ¿Hacen factura A y precio por cantidad?"],
  },
  {
    who: "Yamila Cisneros",
    about: "cafetera",
    city: "Quilmes",
    says: ["q@50m Hola ☕😍 ¿sirve con cápsulas o es solo café molido? Y ¿qué molienda me recomiendan? 🙏🙏"],
  },
  {
    // a long one
    who: "Bernardo Iturraspe",
    city: "Tandil",
    about: "bici",
    says: [
      "q@5h Buenas tardes. Estoy buscando una bicicleta para ir y volver del trabajo, unos 12 km por día, mitad asfalto y mitad camino de tierra con bastante serrucho y algo de barro cuando llueve. Mido 1,74 y tengo 81 cm de entrepierna medidos como corresponde, descalzo y con un libro. Vi que publican talle M: ¿es 17 o 18 pulgadas medido de centro a tope? Después quería saber si los frenos a disco son mecánicos o hidráulicos, si las pastillas son las comunes que se consiguen en cualquier bicicletería, si la horquilla tiene bloqueo, si las llantas son doble pared y si la maza trasera es a rosca o a casete, porque más adelante le quiero poner una transmisión de 1x10. También me interesa saber si viene armada o si hay que llevarla a una bicicletería para la primera puesta a punto, y si eso hace perder la garantía del cuadro. Por último: ¿el envío a Tandil lo hacen en caja con protección en la horquilla? La última que compré, en otro lugar, llegó con el disco doblado. Perdón por el largo y gracias desde ya por la paciencia. Si todo cierra, la compro hoy mismo y le agrego el casco.",
    ],
  },
  {
    who: "Lorena Aguirrezabala",
    city: "La Plata",
    about: "zapatilla",
    says: ["q@9d Hola, ¿el 42 de ustedes cuántos cm de plantilla tiene?"],
  },
  {
    who: "Tobías Wernicke",
    city: "Bahía Blanca",
    about: "colchon",
    says: ["q@23d Buenas. ¿Retiran el colchón viejo cuando entregan el nuevo?"],
  },
  {
    // on hold: it cannot be answered yet
    who: "Ailén Queupul",
    city: "Zapala",
    about: "cafetera",
    says: ["q{hold}@38m Hola, ¿la garantía la cubre algún servicio técnico en Neuquén?"],
  },
  {
    who: "Oferta Mayorista",
    about: "silla",
    says: ["q{spam}@3h GANÁ DINERO desde tu casa!!! consultame como, cupos limitados!!!"],
  },
  {
    // the question itself was banned
    who: "Fabricio Lunati",
    city: "Pilar",
    about: "bici",
    says: ["q{banned=CONTACT_DATA}@2d Pasame un número y arreglamos por afuera, el mío es 11 5550 0198"],
  },
  {
    // the answer was banned
    who: "Carmela Ostrowski",
    city: "Posadas",
    about: "zapatilla",
    says: [
      "q@3d ¿Tienen una tabla de talles?",
      "a{banned=LINKS}@3d ¡Hola Carmela! Sí, está en https://casanorte.example/talles, ahí ves todos los cm.",
      "q@2d No me aparece la respuesta 🤔 ¿me la pueden volver a mandar?",
    ],
  },
  {
    who: "Gastón Rivarola",
    city: "Paraná",
    about: "hidrolavadora",
    says: ["q@4h ¿Cuándo vuelven a tener stock? La necesito para fin de mes."],
  },
  {
    who: "Estefanía Lugones",
    city: "Morón",
    about: "cuna",
    says: ["q{closed}@12d Hola, ¿el colchoncito viene incluido?"],
  },
  {
    who: "Ramiro Zubeldía",
    city: "Junín",
    about: "router",
    says: ["q{review}@8h ¿Es compatible con fibra de cualquier empresa?"],
  },
  {
    who: "Delfina Arancibia",
    city: "San Juan",
    about: "pava",
    says: [
      "q@6d ¿Viene con garantía oficial?",
      "a@6d Hola Delfina, sí: 12 meses de garantía oficial, con la factura.",
    ],
  },
  {
    who: "Néstor Calfucurá",
    city: "Santa Rosa",
    about: "colchon",
    says: [
      "q@11d ¿Qué densidad tiene? ¿Para una persona de 100 kg anda?",
      "a@11d Hola Néstor. Densidad 30 kg/m³, recomendado hasta 110 kg por plaza.",
      "q{unlisted}@10d Y es muy duro? Tengo problemas de espalda",
      "a@10d Es firmeza media alta, la que suelen recomendar para la espalda. ¡Saludos!",
    ],
  },
];

function titled({ title, price }: { title: string; price: number }) {
  return { title, price };
}
