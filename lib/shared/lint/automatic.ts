import { fold } from "./fold";
import { merged, type Span, spansOf } from "./span";

/** Says of itself that nobody wrote it. */
const SAYS: readonly RegExp[] = [
  /(?<![a-z])(?:mensajes?|respuestas?|correo|aviso|notificacion|mensagens?|mensagem|respostas?|e-mail|contestador|atendimento)(?: es| e| fue| foi)?(?: de respuesta| de resposta)? (?:automatic[oa]s?|automatizad[oa]s?)(?![a-z])/g,
  /(?<![a-z])(?:mensaje|mensagem|respuesta|resposta|message|email|reply|notice|este|esta|this)(?: (?:fue|es|ha sido|foi|e|was|is|has been))? ?(?:[a-z]{1,12} )?(?:generad[oa]|enviad[oa]|gerad[oa]|emitid[oa]|creado|sent|generated|created) (?:automaticamente|de forma automatica|de manera automatica|automatically|por (?:el|o|um|un) (?:sistema|bot|robo))/g,
  /(?<![a-z])(?:auto-?(?:reply|response|respuesta|resposta|mensaje)|automatic (?:reply|message|response|notification|email)|automated (?:message|reply|response|email|notification|system)|autoresponder)(?![a-z])/g,
  /(?<![a-z])(?:no|nao|por favor,? no|favor (?:no|nao)) (?:responda[sn]?|responder|contest(?:e|es|ar)) (?:a )?(?:a )?(?:este|esta|esse|essa) (?:mensaje|mensagem|e-?mail|correo)/g,
  /(?<![a-z])(?:do not|don't|please don't|no need to) (?:reply|respond) to this(?: message| email| mail)?/g,
  /(?<![a-z])(?:soy|sou|i am|i'm) (?:un|um|a|el|o|the) (?:bot|robot|robo|asistente virtual|assistente virtual|virtual assistant|chatbot)(?![a-z])/g,
  /(?<![a-z])(?:asistente virtual|assistente virtual|virtual assistant) (?:de|da|do|of)(?![a-z])/g,
];

const FIELD =
  "(?:nombre|nome|name|cliente|customer|comprador|buyer|usuario|user|nick|pedido|orden|order|compra|venta|" +
  "venda|producto|produto|product|item|articulo|titulo|title|fecha|data|date|guia|codigo|code|tracking|" +
  "rastreio|rastreo|link|url|tienda|loja|store|shop|seller|vendedor|numero|number|nro|precio|preco|price|" +
  "total|direccion|endereco|address|empresa|company|apellido|sobrenome|first|last|full|id|transportadora|" +
  "transportista|carrier|paquete|pacote|plazo|prazo|talle|tamanho|color|cor|email|telefono|telefone|nota|" +
  "factura|invoice|chave|texto|text|variable|insert[ae]?\\w*|your|su|tu|seu)";

/** Places of a template that nobody filled in. */
const BLANKS: readonly RegExp[] = [
  /\{\{[^{}\n]{0,60}\}\}|\$\{[^{}\n]{1,60}\}|\{%[^{}\n]{1,60}%\}|<%[^<>\n]{1,60}%>/g,
  /(?<!\{)\{ ?[a-z][\w .-]{0,40}\}(?!\})/gi,
  /\{\d\}/g,
  /\[\[[^[\]\n]{1,60}\]\]/g,
  /#?\[ ?[A-ZÁÉÍÓÚÃÕÇÑ][A-ZÁÉÍÓÚÃÕÇÑ0-9_ .-]{2,40}\]/g,
  new RegExp(`\\[ ?(?:[a-záéíóúãõçñ]{1,12}[_ ]){0,3}${FIELD}(?:[_ ][a-záéíóúãõçñ]{1,14}){0,3} ?\\]`, "gi"),
  new RegExp(`<(?:[a-z]{1,12}[_ -]){0,2}${FIELD}(?:[_ -][a-z]{1,14}){0,3}>`, "gi"),
  /%[A-Za-z][A-Za-z_]{2,30}%|%\([a-z_]{2,30}\)s/g,
  new RegExp(
    `(?<![A-Za-z0-9])(?:__?|\\$|@@|\\*\\|)${FIELD}(?:_[a-z]{1,14}){0,3}(?:__?|\\$|@@|\\|\\*)?(?![a-z0-9@.])`,
    "gi",
  ),
  /(?<![A-Za-z])(?:X{4,12}|x{5,12})(?![A-Za-z0-9])/g,
  /(?<![\w.])(?:undefined|\[object Object\]|NaN)(?![\w])/g,
];

/** Text that looks automatic: it says so, or a template's blanks were left in (AUTOMATIC_MESSAGE). On the text as typed. */
export function automaticSpans(text: string): Span[] {
  const folded = fold(text);
  const said = spansOf(folded.text, SAYS).map(folded.origin);
  return merged([...said, ...spansOf(text, BLANKS)]);
}
