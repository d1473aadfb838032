import { type Span, spansOf } from "./span";

const CLAIM =
  "(?:reclam(?:o|os|acao|acoes|aciones?|ar|es|e)|disputas?|mediac(?:ion|ao)|devoluc(?:ion|ao)|devoluciones|" +
  "queja|denuncia|claims?|disputes?|complaints?|returns?|mediation|return request)";
const OPEN =
  "(?:abr(?:as|a|an|ir|iras|is|e|ais)|inici(?:es|e|en|ar|as)|hag(?:as|a|an)|hac(?:er|es)|pong(?:as|a|an)|" +
  "poner|met(?:as|a|er)|gener(?:es|e|ar)|levant(?:es|e|ar)|cre(?:es|e|ar)|ingres(?:es|e|ar)|carg(?:ues|ue|" +
  "ar)|faca|facam|fazer|abrir|abram|registr(?:e|es|ar)|inicie|iniciar|realic(?:es|e)|present(?:es|e)|" +
  "open(?:ing)?|start(?:ing)?|fil(?:e|ing)|mak(?:e|ing)|create|creating|submit|raise|escal(?:es|e|ar))";
const UN =
  "(?:el|la|un|una|ningun|ninguna|o|a|um|uma|nenhum|nenhuma|the|any|this|your|su|tu|seu|sua|esse|essa|ese|" +
  "esa|este|esta|more)";
const NO =
  "(?:no|nao|ni|nem|don't|do not|dont|please not|never|nunca|evit(?:a|e|ar|emos|en)|avoid|sin|sem|without|" +
  "instead of|en (?:lugar|vez) de|em vez de|ao inves de|rather than|antes de|before)";
const CLOSE =
  "(?:cierr(?:a|e|es|as|en)|cerr(?:a|ar|as|es)|cancel(?:a|e|as|es|ar|ares|ling|ing|aras|en)?|retir(?:a|e|as|" +
  "es|ar|ares|en)|quit(?:a|e|as|es|ar)|levant(?:a|as|ar|e)|baj(?:a|e|as|ar|es)|elimin(?:a|e|as|ar)|" +
  "encerr(?:a|e|ar|ares)|fech(?:a|e|ar|ares)|desist(?:e|ir|a|i|is)(?: de)?|anul(?:a|e|ar|as)|finaliz(?:a|e|" +
  "ar|as)|remov(?:a|er|e)|clos(?:e|ing)|withdraw(?:ing|n)?|drop(?:ping)?|remove|delete|cancel)";

const PATTERNS: readonly RegExp[] = [
  // no abras reclamo, please don't open a claim, evite abrir reclamação, antes de hacer un reclamo (escribime)
  new RegExp(
    `(?<![a-z])${NO} (?:[a-z']{1,14} ){0,4}?${OPEN} (?:${UN} )?(?:[a-z]{2,10} )?${CLAIM}(?![a-z])`,
    "g",
  ),
  /(?<![a-z])(?:antes de|before|evit(?:a|e|ar|emos)|no|nao|nunca) (?:me |nos )?(?:reclam(?:es|ar|e|em)|claim(?:ing)?|disput(?:ar|e|es|ing)|denunci(?:es|e|ar)|complain(?:ing)?)(?![a-z])/g,
  // no hace falta un reclamo, no need for a claim, sin reclamo
  new RegExp(
    `(?<![a-z])(?:no (?:hace falta|es necesario|hay necesidad|necesit(?:as|a|amos)|tiene sentido|conviene)|nao (?:precisa|precisamos|e necessari[oa]|tem necessidade|ha necessidade|vale a pena|compensa)|no need|not necessary|you don't need|sem necessidade|sin necesidad|there is no need) (?:(?:de|of|for|to|que|un|una|a|an|any|um|uma|el|la|o|ningun|${OPEN}) ){0,4}${CLAIM}(?![a-z])`,
    "g",
  ),
  // no devuelvas por Mercado Libre, do not return through
  /(?<![a-z])(?:no|nao|don't|do not|not) (?:[a-z]{2,10} )?(?:devuelv(?:as|a|an)|devolv(?:a|er|e)|return|lo devuelvas|la devuelvas) (?:it |lo |la )?(?:por|pelo|a traves|through|via|with|on|en|al|no) /g,
  // cerrá el reclamo (y te devuelvo): money or help against a closed claim
  new RegExp(
    `(?<![a-z])(?:(?:si|se|if|when|cuando|quando|once|luego que|apenas|ni bien|as soon as|after|despues de que|assim que|depois que|por favor|porfa|please|favor|podes|podrias|puede|puedes|pode|poderia|could you|can you|te pido(?: que)?|le pido(?: que)?|peco que|necesito que|ayudame|ayudeme|ajuda) (?:[a-z]{1,10} ){0,3})${CLOSE} (?:${UN} )?${CLAIM}(?![a-z])`,
    "g",
  ),
  new RegExp(
    `(?<![a-z])${CLOSE} (?:${UN} )?${CLAIM}(?:[^.\\n!?]|\\.(?=[a-z0-9])){0,30}(?<![a-z])(?:y|e|and|que|asi|primero|primeiro|first|para que|pra|so|then|antes|por favor|porfa|porfavor|please|pls)(?![a-z])`,
    "g",
  ),
  new RegExp(
    `(?:^|[.!?,;\\n] ?)(?:cierr[ae]|cerra|cancel[ae]|retir[ae]|encerr[ae]|fech[ae]|close|cancel|withdraw|drop) ${UN} ${CLAIM}(?![a-z])`,
    "g",
  ),
  // nos baja la reputación, hurts our account
  /(?<![a-z])(?:reclam\w*|devol\w*|devuelv\w*|claim\w*|return\w*|denunci\w*|disput\w*|mediac\w*)[^\n]{0,60}(?:(?:baja|afecta|perjudica|arruina|mancha|dana|prejudica|estraga|suja|hurts?|damages?|affects?|ruins?) (?:mucho |muito )?(?:a |la |nuestra |mi |nossa |minha |our |my )?(?:reput|cuenta|conta|account|tienda|loja|store|shop|calific|rating|termometro)|nos (?:perjudic|afect|prejudic))/g,
];

/** Somebody explains how to claim, or says that one may. */
const ALLOWS =
  /(?<![a-z])(?:podes|puedes|puede|pueden|tenes derecho|pode|podem|voce pode|you can|you may|feel free|sin problema|sem problema|no problem|welcome)(?![a-z])[^.\n]{0,20}$/;

const MAY =
  /(?<![a-z])(?:(?:podes|puedes|puede|pueden|pode|podem|can|may) (?:abrir|iniciar|hacer|fazer|open|start|file)|(?:si|se) quer\w+ (?:podes|puedes|puede|pode))/;

/** Discouraging a claim, a return or a mediation, or asking to close one (EVASION_CLAIM_SELLER). On folded text. */
export function claimSpans(text: string): Span[] {
  if (!/reclam|disput|mediac|devol|devuelv|queja|denunc|claim|complain|return|mediation/.test(text))
    return [];
  return spansOf(text, PATTERNS).filter(
    (span) =>
      !ALLOWS.test(text.slice(Math.max(0, span.start - 30), span.start)) &&
      !MAY.test(text.slice(span.start, span.end)),
  );
}
