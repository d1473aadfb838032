/** Questions of one buyer about one listing, oldest first: what was asked, how many minutes ago, and the answer if any. */
export interface ChainRow {
  who: string;
  city: string;
  about: string;
  asks: {
    text: string;
    minutesAgo: number;
    answer?: string;
    /** Minutes after the question; default 40. */
    after?: number;
    hold?: boolean;
    spam?: boolean;
    status?: "BANNED" | "CLOSED_UNANSWERED";
  }[];
}

const HOUR = 60;
const DAY = 24 * HOUR;

/** What people ask AUTOMOTORA ANDES: fourteen questions wait. */
export const ANDES_QUESTIONS: ChainRow[] = [
  {
    who: "Felipe Carrasco",
    city: "La Florida",
    about: "swift",
    asks: [
      {
        text: "Hola, ¿el Swift sigue disponible?",
        minutesAgo: 2 * DAY + 3 * HOUR,
        answer: "Hola Felipe, sí, está disponible y lo puedes ver en nuestra sucursal de lunes a sábado.",
      },
      { text: "Gracias. ¿Acepta un Spark 2014 en parte de pago?", minutesAgo: 22 },
    ],
  },
  {
    who: "Antonia Riquelme",
    city: "Puente Alto",
    about: "swift",
    asks: [{ text: "¿Tiene todas las mantenciones hechas en la marca?", minutesAgo: 6 }],
  },
  {
    who: "Rodrigo Poblete",
    city: "Rancagua",
    about: "rav4",
    asks: [{ text: "Buenas tardes, ¿cuántos dueños ha tenido la RAV4?", minutesAgo: 51 }],
  },
  {
    who: "Camila Norambuena",
    city: "Talca",
    about: "hilux",
    asks: [
      {
        text: "¿La camioneta tiene prenda o multas?",
        minutesAgo: 3 * DAY,
        answer: "Hola Camila, sin prenda y sin multas. Te mostramos el certificado de anotaciones vigentes.",
        after: 95,
      },
      { text: "Perfecto. ¿La entregan con la revisión técnica al día?", minutesAgo: 95 },
    ],
  },
  {
    who: "Jorge Sanhueza",
    city: "Los Ángeles",
    about: "l200",
    asks: [{ text: "¿Bloqueo de diferencial trasero trae? ¿Y enganche para carro?", minutesAgo: 3 * HOUR }],
  },
  {
    who: "Daniela Aravena",
    city: "Maipú",
    about: "morning",
    asks: [{ text: "¿Cuánto sería el pie y la cuota a 36 meses?", minutesAgo: 4 * HOUR + 20 }],
  },
  {
    who: "Sebastián Muñoz",
    city: "Viña del Mar",
    about: "jimny",
    asks: [
      {
        text: "¿Es el de tres puertas?",
        minutesAgo: 5 * DAY,
        answer: "Hola Sebastián, así es, tres puertas y doble tracción con reductora.",
        after: 18,
      },
      {
        text: "¿Se puede ver el domingo?",
        minutesAgo: 4 * DAY + 20 * HOUR,
        answer: "El domingo cerramos, pero el sábado atendemos hasta las 14:00.",
        after: 210,
      },
      { text: "Voy el sábado entonces. ¿Puedo llevar a mi mecánico?", minutesAgo: 7 * HOUR },
    ],
  },
  {
    who: "Valentina Cáceres",
    city: "Ñuñoa",
    about: "corolla",
    asks: [{ text: "¿La batería híbrida todavía está en garantía?", minutesAgo: 11 * HOUR }],
  },
  {
    who: "Ignacio Bravo",
    city: "Concepción",
    about: "sportage",
    asks: [{ text: "¿Hacen traspaso y envío a Concepción?", minutesAgo: 17 * HOUR }],
  },
  {
    who: "Paulina Tapia",
    city: "Providencia",
    about: "providencia",
    asks: [{ text: "Hola, ¿se aceptan mascotas? Tengo una gata muy tranquila 🐈", minutesAgo: 26 * HOUR }],
  },
  {
    who: "Marcelo Henríquez",
    city: "San Bernardo",
    about: "nunoa",
    asks: [
      { text: "¿Cuánto son los gastos comunes y a cuántas cuadras está el metro?", minutesAgo: 31 * HOUR },
    ],
  },
  {
    who: "Alejandra Pino",
    city: "Quilpué",
    about: "curacavi",
    asks: [{ text: "¿El rol es propio? ¿Y tiene pozo o agua de comité?", minutesAgo: 2 * DAY + 6 * HOUR }],
  },
  {
    // moderation is still looking: it cannot be answered yet (questions-and-contacts.md 1.2)
    who: "Bastián Leiva",
    city: "Peñalolén",
    about: "mazda3",
    asks: [{ text: "¿Me lo dejan en once si pago al contado hoy?", minutesAgo: 38, hold: true, spam: true }],
  },
  {
    // asked before the listing was paused: an answer is refused (questions-and-contacts.md 1.4)
    who: "Gonzalo Villarroel",
    city: "Curicó",
    about: "baleno",
    asks: [{ text: "¿Todavía lo tienen? Puedo ir mañana temprano.", minutesAgo: 3 * DAY + 4 * HOUR }],
  },
  {
    who: "Francisca Olivares",
    city: "La Serena",
    about: "cx5",
    asks: [
      {
        text: "¿Trae techo panorámico?",
        minutesAgo: 28 * HOUR,
        answer: "Hola Francisca, trae sunroof eléctrico, no panorámico. Y asientos de cuero calefaccionados.",
        after: 33,
      },
    ],
  },
  {
    who: "Hernán Gallardo",
    city: "Temuco",
    about: "navara",
    asks: [
      {
        text: "¿Cuánto rinde en carretera con carga?",
        minutesAgo: 2 * DAY,
        answer: "Hola Hernán, cerca de 12 km por litro en carretera con media carga.",
        after: 150,
      },
    ],
  },
  {
    who: "Macarena Ulloa",
    city: "Antofagasta",
    about: "dolphin",
    asks: [
      {
        text: "¿Incluye el cargador de pared?",
        minutesAgo: 4 * DAY,
        answer: "Hola Macarena, incluye el cargador portátil. El de pared se cotiza aparte.",
        after: 12,
      },
    ],
  },
  {
    who: "Óscar Matamala",
    city: "Chillán",
    about: "partner",
    asks: [
      {
        text: "¿Sirve para trabajar con factura? Necesito el IVA",
        minutesAgo: 6 * DAY,
        answer: "Hola Óscar, es venta de usado y va con factura exenta, no tiene IVA recuperable.",
        after: 400,
      },
    ],
  },
  {
    who: "Nicole Espinoza",
    city: "Quilicura",
    about: "208",
    asks: [
      {
        text: "¿El amarillo es color original?",
        minutesAgo: 8 * DAY,
        answer: "Hola Nicole, sí, color original de fábrica y sin repintes.",
      },
    ],
  },
  {
    who: "Patricio Inostroza",
    city: "Maipú",
    about: "maipu",
    asks: [
      {
        text: "¿Aceptan subsidio DS1?",
        minutesAgo: 9 * DAY,
        answer:
          "Hola Patricio, por el valor no califica para subsidio, pero sí para crédito con 80 % de financiamiento.",
        after: 60,
      },
    ],
  },
  {
    who: "Loreto Bustamante",
    city: "Las Condes",
    about: "versa",
    asks: [
      {
        text: "¿Tiene Apple CarPlay?",
        minutesAgo: 11 * DAY,
        answer: "Hola Loreto, sí: pantalla de 8 pulgadas con CarPlay y Android Auto.",
        after: 25,
      },
    ],
  },
  {
    // taken by moderation: its words are gone on the wire (questions-and-contacts.md 1.2)
    who: "Cuenta Nueva",
    city: "Santiago",
    about: "yaris",
    asks: [
      {
        text: "compro autos al contado, escríbeme a mi página bit.ly/compro-ya",
        minutesAgo: 13 * HOUR,
        status: "BANNED",
      },
    ],
  },
  {
    who: "Tamara Godoy",
    city: "Renca",
    about: "spark",
    asks: [
      { text: "¿El valor es conversable?", minutesAgo: 12 * DAY + 6 * HOUR, status: "CLOSED_UNANSWERED" },
    ],
  },
];
