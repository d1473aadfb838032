const COLOURS = ["gris plata", "beige", "blanco roto", "azul petróleo", "verde oliva"];
const ASKS = [
  "¿Cuántos paños van?",
  "Da al este, a la mañana entra un sol tremendo.",
  "La barra ya está puesta.",
  "Tiene aire acondicionado pegado al marco, ojo.",
  "Es de las que reformamos el año pasado.",
  "Mide 2,15 de alto, igual que las otras.",
];
const ADVICE = [
  "así cierra bien sin luz en el medio",
  "con frunce doble queda prolijo",
  "el largo de 220 le va justo",
  "sumale un gancho por lado",
  "que apoye en el zócalo y listo",
];
const NODS = ["Dale.", "Perfecto.", "Bien.", "Me cierra.", "Ok, seguimos."];

/** A hotel is fitted with curtains, room by room: 320 messages, none said twice. */
export function hotelTalk(): string[] {
  const rooms = Array.from(
    { length: 79 },
    (_, index) => 100 * (1 + Math.floor(index / 10)) + 1 + (index % 10),
  );
  return [
    "b Buenas, soy Esteban. Compré un par de muestra y son para un hotel: 79 habitaciones. ¿Las repasamos una por una?",
    "s ¡Hola Esteban! Encantados. Pasame el ancho de cada ventana y te digo cuántos paños y qué color hay.",
    ...rooms.flatMap((room, index) => roomTalk(room, index)),
    "b Terminamos. Setenta y nueve habitaciones, no lo puedo creer. Armo el pedido grande y te aviso",
    "s Fue un gusto, Esteban. Guardá esta conversación: tenés las medidas de todo el hotel.",
  ];
}

function roomTalk(room: number, index: number): string[] {
  const width = 120 + ((index * 37) % 14) * 10;
  const panels = Math.ceil(width / 95);
  const colour = COLOURS[index % COLOURS.length];
  return [
    `b Habitación ${room}: ventana de ${width} cm. ${ASKS[index % ASKS.length]}`,
    `s Para la ${room}, con ${width} cm, van ${panels} paños: ${ADVICE[index % ADVICE.length]}.`,
    `b ${NODS[(index * 3) % NODS.length]} La ${room} en ${colour}`,
    `s Anotado: ${room}, ${panels} paños, ${colour}.`,
  ];
}
