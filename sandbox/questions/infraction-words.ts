import type { Language } from "@/sandbox/world/sites";

interface Words {
  reason: string;
  remedy: string;
}

/** What moderation says, in HTML (questions-and-contacts.md 1.6); the sentences are ours. */
const WORDS: Record<string, Record<Language, Words>> = {
  LINKS: {
    en: {
      reason: "<p>The text has a <b>link to another site</b>, which our policies do not allow.</p>",
      remedy:
        '<p>Answer without links. <a href="https://www.mercadolibre.com/help/links" target="_blank" style="color:#3483fa">Read the policy</a>.</p>',
    },
    es: {
      reason: "<p>El texto tiene un <b>enlace a otro sitio</b>, algo que nuestras políticas no permiten.</p>",
      remedy:
        '<p>Respondé sin enlaces. <a href="https://www.mercadolibre.com.ar/ayuda/enlaces" target="_blank" style="color:#3483fa">Conocé la política</a>.</p>',
    },
    pt: {
      reason: "<p>O texto tem um <b>link para outro site</b>, o que nossas políticas não permitem.</p>",
      remedy:
        '<p>Responda sem links. <a href="https://www.mercadolivre.com.br/ajuda/links" target="_blank" style="color:#3483fa">Conheça a política</a>.</p>',
    },
  },
  CONTACT_DATA: {
    en: {
      reason: "<p>The text has <b>contact data</b>: an e-mail address or a telephone number.</p>",
      remedy: "<ul><li>Leave contact data out.</li><li>After the sale, write in its messages.</li></ul>",
    },
    es: {
      reason: "<p>El texto tiene <b>datos de contacto</b>: un e-mail o un teléfono.</p>",
      remedy:
        "<ul><li>No incluyas datos de contacto.</li><li>Después de la venta, usá los mensajes.</li></ul>",
    },
    pt: {
      reason: "<p>O texto tem <b>dados de contato</b>: um e-mail ou um telefone.</p>",
      remedy: "<ul><li>Não inclua dados de contato.</li><li>Depois da venda, use as mensagens.</li></ul>",
    },
  },
  OFFENSIVE_LANGUAGE: {
    en: {
      reason: "<p>The text has <b>offensive language</b>.</p>",
      remedy: "<p>Keep a respectful tone with everybody.</p>",
    },
    es: {
      reason: "<p>El texto tiene <b>lenguaje ofensivo</b>.</p>",
      remedy: "<p>Mantené un trato respetuoso con todos.</p>",
    },
    pt: {
      reason: "<p>O texto tem <b>linguagem ofensiva</b>.</p>",
      remedy: "<p>Mantenha um tom respeitoso com todos.</p>",
    },
  },
};

const OTHER: Record<Language, Words> = {
  en: {
    reason: "<p>The text goes against our policies.</p>",
    remedy: "<p>Check our policies before you write.</p>",
  },
  es: {
    reason: "<p>El texto no cumple nuestras políticas.</p>",
    remedy: "<p>Revisá las políticas antes de escribir.</p>",
  },
  pt: {
    reason: "<p>O texto não cumpre nossas políticas.</p>",
    remedy: "<p>Confira as políticas antes de escrever.</p>",
  },
};

/** Reason and remedy of a subgroup. */
export function infractionWords(subgroup: string, language: Language): Words {
  return (WORDS[subgroup] ?? OTHER)[language];
}
