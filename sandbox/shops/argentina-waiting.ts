import { AR } from "@/sandbox/shops/argentina-products";
import type { Script } from "@/sandbox/shops/script";

/** Buyers in Argentina who wait for an answer. */
export const ARGENTINA_WAITING: Script[] = [
  {
    who: "Lucía Fernández",
    city: "Rosario",
    what: AR.pava,
    last: 4,
    sold: 1.2,
    says: [
      "b Hola! Compré la pava ayer a la noche. ¿Tiene selector de temperatura para el mate o corta sola a 100 grados?",
      "s ¡Hola Lucía! Tiene corte mate: la perilla marca 80 grados y también hierve si la llevás al máximo.",
      "b Genial. Otra consulta: el enchufe ¿viene con adaptador? El mío es de los de tres patas planas",
    ],
  },
  {
    who: "Martín Gómez",
    city: "La Plata",
    what: AR.silla,
    last: 11,
    says: [
      "b Buen día, llegó la silla pero en la bolsa de tornillos me faltan dos de los largos (los que van en el respaldo). Le mando foto de lo que vino [tornillos-silla.jpg]",
    ],
  },
  {
    who: "Sofía Herrera",
    city: "Mendoza",
    what: AR.mate,
    last: 23,
    says: [
      "b ¡Hola! ¿El bolso trae lugar para el termo de un litro?",
      "s Hola Sofía, sí, entra el de 1 litro y también la yerbera. El de 1,2 queda justo.",
      'b Buenísimo. Es para regalo, ¿se puede agregar una tarjetita que diga "Feliz cumple Pa"?',
    ],
  },
  {
    who: "Diego Ruiz",
    city: "San Miguel de Tucumán",
    what: AR.camara,
    last: 38,
    says: ["b Hola, ya las instalé pero no me toma el wifi de 5G. ¿Es normal? Sólo me aparece la red vieja"],
  },
  {
    who: "Valentina Sosa",
    city: "Córdoba",
    what: AR.colchon,
    last: 52,
    sold: 2.1,
    says: [
      "b Buenas tardes, ¿me confirman qué día lo traen? Vivo en un tercer piso por escalera y necesito avisarle al encargado",
      "b Si puede ser el jueves después de las 14 mejor 🙏",
    ],
  },
  {
    who: "Nicolás Acosta",
    city: "Mar del Plata",
    what: AR.auricular,
    last: 75,
    says: [
      "b Una consulta, el auricular derecho no carga. Probé limpiando los contactos y con otro cable y nada [estuche-abierto.jpg][led-apagado.png]",
    ],
  },
  {
    who: "Camila Duarte",
    city: "Posadas",
    what: AR.zapatilla,
    last: 96,
    says: [
      "b Hola, me quedaron chicas. ¿Tenés 43?",
      "s Hola Camila, sí, queda un par en 43. Podés iniciar el cambio desde Mis compras y la etiqueta sale gratis.",
      "b ¿Y si las quiero en azul? En la publicación figura pero no me deja elegir",
    ],
  },
  {
    who: "Federico Molina",
    city: "Bahía Blanca",
    what: AR.taladro,
    last: 130,
    says: [
      "b Necesito factura A por favor. CUIT 30-00000000-7, razón social Molina Construcciones SRL. Gracias",
    ],
  },
  {
    who: "Julieta Ríos",
    city: "Salta",
    what: AR.cortina,
    last: 165,
    says: [
      "b hola!! la barra no viene incluida no?",
      "s Hola Julieta, no, vienen los dos paños con sus ganchos. La barra se compra aparte (diámetro hasta 28 mm).",
      "b ah ok. y los ganchos son de plastico o metal?",
    ],
  },
  {
    who: "Hernán Peralta",
    city: "Neuquén",
    what: AR.hidrolavadora,
    last: 210,
    says: [
      "b Buenas, la conecté y pierde agua por el acople de la manguera. Adjunto video no me deja así que va foto. ¿Lleva algún o-ring que no vino? [acople.jpg]",
    ],
  },
  {
    who: "Agustina Vega",
    city: "Santa Fe",
    what: AR.cuna,
    last: 265,
    sold: 3.1,
    says: [
      "b ¡Hola! Nacemos en dos semanas jaja, ¿llegará antes del 5? Vivo en Santo Tomé, al lado de Santa Fe capital",
    ],
  },
  {
    who: "Pablo Giménez",
    city: "San Juan",
    what: AR.router,
    last: 330,
    says: [
      "b Hola, tengo fibra de 300 megas, ¿lo conecto directo al módem de la empresa o hay que pedirles que lo pongan en modo puente?",
      "s Hola Pablo, podés conectarlo directo del puerto LAN del módem al WAN del router. El modo puente es opcional.",
      "b@4h Lo hice así y la luz de internet queda en naranja. Adjunto captura de lo que me muestra [pantalla-router.png]",
    ],
  },
  {
    who: "Rocío Cabrera",
    city: "Resistencia",
    what: AR.sarten,
    last: 420,
    says: [
      "b Hola, ¿se pueden usar en cocina de inducción? En la caja dice una cosa y en la publicación otra",
    ],
  },
  {
    who: "Gonzalo Medina",
    city: "Paraná",
    what: AR.bici,
    last: 560,
    says: [
      "b Buenas, mido 1,78, ¿talle M o L?",
      "s Hola Gonzalo! Para 1,78 va bien el M, el L es a partir de 1,82.",
      "b Perfecto, entonces dejo el M. ¿Viene armada o hay que llevarla a una bicicletería?",
    ],
  },
  {
    who: "Micaela Torres",
    city: "Quilmes",
    what: AR.alfombra,
    last: 780,
    says: [
      "b El color no es el de la foto :( es mucho más oscuro. Quiero cambiarla por la beige, ¿cómo hago? [alfombra-living.jpg][etiqueta.jpg]",
    ],
  },
  {
    who: "Ezequiel Navarro",
    city: "Formosa",
    what: AR.ventilador,
    last: 1_150,
    says: [
      "b Hola, hace un ruido como de golpeteo en la velocidad 3. En la 1 y 2 anda bárbaro. ¿Será que quedó mal puesta la rejilla?",
    ],
  },
  {
    who: "Florencia Ibáñez",
    city: "San Luis",
    what: AR.cafetera,
    last: 1_700,
    says: [
      "b Buen día, ¿qué molienda recomiendan? Con la del súper me sale aguado",
      "s ¡Hola Florencia! Molienda fina (tipo espresso) y prensá el café firme, sin pasarte de la marca del filtro.",
      "b@9h Probé y ahora directamente no sale café, gotea nomás. ¿La habré tapado?",
    ],
  },
  {
    who: "Ramiro Aguirre",
    city: "Rafaela",
    what: AR.estanteria,
    last: 2_600,
    says: [
      "b Hola, vinieron 4 estantes en vez de 5. Mando foto de la caja y de la lista que trae [caja-abierta.jpg][lista-piezas.pdf]",
    ],
  },
  {
    who: "Daniela Ponce",
    city: "Villa María",
    what: AR.celular,
    also: [AR.mouse],
    last: 3_900,
    says: ["b Hola! compré la funda y el mouse juntos, ¿vienen en el mismo paquete? Me llegó sólo la funda"],
  },
  {
    who: "Leandro Castro",
    city: "Río Cuarto",
    what: AR.parrilla,
    last: 6_400,
    read: true,
    says: ["b Che, qué linda quedó. ¿Venden la tapa aparte? No la encuentro en la tienda"],
  },
];
