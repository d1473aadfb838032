import type { LeadType } from "@/sandbox/leads/model";
import { LEAD_TYPES } from "@/sandbox/leads/model";

/** Somebody who showed interest in a listing of AUTOMOTORA ANDES. */
export interface LeadRow {
  /** null: a guest. The same name is the same person. */
  who: string | null;
  about: string;
  type: LeadType;
  hoursAgo: number;
  /** Of a contact request or a reservation: the colour wanted, the postal code, the branch. */
  details: { color: string | null; zipCode: string | null; dealership: string | null } | null;
  /** They did not leave this. */
  without: ("phone" | "email" | "identification")[];
}

/** One lead a line: who (- a guest), which listing, type, hours ago, and what else was said (`colour, postal code, branch`)
 *  or left out (`no phone`). */
const NOTEBOOK = `
  Antonia Riquelme    | swift       | whatsapp        | 0.2
  -                   | swift       | whatsapp        | 0.6
  Camilo Ferrada      | jimny       | call            | 0.9
  -                   | providencia | whatsapp        | 1.3
  Paulina Tapia       | providencia | visit_request   | 1.8
  Rodrigo Poblete     | rav4        | credit          | 2.4
  Ximena Cárcamo      | morning     | whatsapp        | 2.9 | no email
  -                   | hilux       | call            | 3.4
  Fernando Lagos      | corolla     | contact_request | 4.2 | Blanco, 7550000, Vitacura
  Felipe Carrasco     | swift       | quotation       | 5.1
  -                   | swift       | call            | 6.5
  Constanza Ibáñez    | sportage    | whatsapp        | 7.7
  Jorge Sanhueza      | l200        | whatsapp        | 9
  -                   | jolion      | whatsapp        | 12
  Pamela Cortés       | swift       | credit          | 15 | no phone
  Sebastián Muñoz     | jimny       | reservation     | 16.5 | Verde, 2520000, Vitacura
  Marcelo Henríquez   | nunoa       | visit_request   | 18
  -                   | nunoa       | whatsapp        | 19
  Rubén Astorga       | rav4        | call            | 20
  Ximena Cárcamo      | yaris       | whatsapp        | 22
  Bárbara Sepúlveda   | 208         | contact_request | 25 | Amarillo, 8320000, Maipú
  -                   | 208         | call            | 26
  Cristina Oyarce     | versa       | quotation       | 28
  Tomás Echeverría    | cx5         | whatsapp        | 30
  -                   | morning     | whatsapp        | 31
  Camila Norambuena   | hilux       | credit          | 33
  -                   | curacavi    | call            | 35
  Alejandra Pino      | curacavi    | schedule        | 38
  Eduardo Manríquez   | swift       | whatsapp        | 42 | no email
  -                   | swift       | whatsapp        | 44
  Daniela Aravena     | morning     | credit          | 47
  Fabián Quezada      | navara      | call            | 49
  Verónica Salas      | providencia | whatsapp        | 51
  -                   | providencia | call            | 52
  Verónica Salas      | lascondes   | whatsapp        | 53
  Gonzalo Villarroel  | baleno      | reservation     | 74 | Azul, 3340000, Maipú
  Luis Alberto Moya   | ranger      | whatsapp        | 58 | no phone
  -                   | zs          | whatsapp        | 60
  Macarena Ulloa      | dolphin     | quotation       | 66
  Ignacio Bravo       | sportage    | contact_request | 69 | Negro, 4030000, Vitacura
  -                   | rav4        | whatsapp        | 71
  Carla Zúñiga        | tiggo2      | call            | 73
  Patricio Inostroza  | maipu       | visit_request   | 79
  -                   | maipu       | whatsapp        | 82
  Héctor Salgado      | forester    | whatsapp        | 88
  Nicole Espinoza     | 208         | credit          | 92
  -                   | jimny       | call            | 95
  Andrés Pizarro      | jimny       | whatsapp        | 97
  Valentina Cáceres   | corolla     | call            | 103
  -                   | swift       | call            | 109
  Francisca Olivares  | cx5         | reservation     | 115 | Gris, 1700000, Vitacura
  Raúl Meneses        | partner     | contact_request | 121 | -, 9340000, Maipú
  -                   | accent      | whatsapp        | 126
  Elena Barrientos    | nunoa       | schedule        | 131
  Pedro Pablo Rojas   | territory   | whatsapp        | 137 | no identification
  -                   | yaris       | call            | 142
  Isidora Contreras   | vitara      | quotation       | 149
  Hernán Gallardo     | navara      | contact_request | 155 | Azul, -, Vitacura
  -                   | sail        | whatsapp        | 160
  Loreto Bustamante   | versa       | call            | 166
  Mauricio Alarcón    | mazda3      | whatsapp        | 181
  -                   | tucson      | call            | 197
  Silvia Figueroa     | colina      | visit_request   | 214
  Óscar Matamala      | partner     | credit          | 228
  -                   | bmw118      | whatsapp        | 246
  Claudio Vera        | xtrail      | call            | 263
  Tamara Godoy        | spark       | reservation     | 291 | Rojo, 8640000, Maipú
  -                   | golf        | whatsapp        | 312
  Rosa Elvira Catalán | duster      | whatsapp        | 334
  Jaime Arriagada     | hilux       | quotation       | 402
  -                   | swift       | whatsapp        | 377
  Manuel Toro         | l200        | call            | 508
`;

/** Leads of three weeks, most of the last days, of every type but questions, which are leads of themselves. */
export const ANDES_LEADS: LeadRow[] = NOTEBOOK.trim().split("\n").map(leadOf);

function leadOf(line: string): LeadRow {
  const [who = "", about = "", word, hours, more] = line.split("|").map((cell) => cell.trim());
  const type = LEAD_TYPES.find((one) => one === word);
  if (!type || !hours) throw new Error(`not a line of the notebook: ${line}`);
  const told = (text: string | undefined) => (!text || text === "-" ? null : text);
  const [color, zipCode, dealership] = more?.split(",").map((part) => part.trim()) ?? [];
  const missing = (["phone", "email", "identification"] as const).filter((name) => more === `no ${name}`);
  const isForm = type === "contact_request" || type === "reservation";
  return {
    who: who === "-" ? null : who,
    about,
    type,
    hoursAgo: Number(hours),
    details: isForm ? { color: told(color), zipCode: told(zipCode), dealership: told(dealership) } : null,
    without: missing,
  };
}
