/** Words that announce a telephone number, and words that announce any other number. On folded text: no accents. */

const CALL =
  "lada|ext|avis[ae](?:r|me|le|nos|rle|rme|rnos|n)?|ubi(?:came|canos|carme|carnos|quenos|queme)|coordin(?:a|" +
  "ar|amos|ame|e|emos)|consult(?:as?|e|ar|eme|enos)|dudas|un toque|este numero|ese numero|esse numero|" +
  "neste numero|nesse numero|this number|that number|tel[ef]*|telf|tfno|tlf|telefonos?|telefonic[oa]s?|cel|" +
  "cels|celu|celular(?:es)?|movil|fijo|fono|linea directa|llam\\w*|marc(?:ar|ame|arme|anos|arnos|arle|ale|" +
  "alo|a al)|marqu(?:e|en|eme|ele|enos|elo|enme)|timbr(?:a|ame|e|eme|ar|arme)|telefonea\\w*|habl(?:a|ame|e|" +
  "eme|ar|arme|anos|enos|enme)|comunic\\w*|comuniquese|comuniquense|comunicate|contact\\w*|escrib(?:i|e|a|" +
  "ime|eme|ame|anos|inos|enos|ir|irme|irnos)|mi numero|mis numeros|nuestro numero|numero de (?:(?:mi |la |" +
  "su )?casa|contacto|telefono|celular|tel|cel|whatsapp|wsp)|atiend\\w*|atend\\w*|telefno|telfono|celualr|" +
  "celuar|m(?:i|eu) (?:nro|num|n[°º]|numer[oi])|cualquier (?:cosa|duda|consulta|problema|inconveniente|" +
  "inquietud|emergencia)|qualquer (?:coisa|duvida|problema|emergencia)|any (?:issues?|questions?|problems?|" +
  "doubts?)|emergency|codigo de area|codigo de ciudad|area code|prefijo|prefixo|direct line|get in touch|" +
  "speak (?:to|with)|ask for|procurar? (?:por|o|a)|bate um fio|alo no|msg|mensagem (?:no|para|pra)|al numero|" +
  "numero (?:de la|del|de) (?:local|negocio|tienda|oficinas?|taller|soporte tecnico|suporte tecnico|soporte:|" +
  "tech support|our office|help ?desk|ayuda|recepcion|recepcao|porteria|portaria|conserjeria|buzz me|my cell|" +
  "ph|mob|discar?|retorno|urgente|chofer|fletero|motoboy|portero|encargad[oa]|vecin[oa]|senor|senora|senhor|" +
  "senhora|repartidor|tecnico|instalador|taller|deposito|oficina|encargad[oa]|mensajero|conductor|vendedor|" +
  "service|servicio tecnico)|numero directo|pregunta(?:r|)? por|chofer|fletero|repartidor|mensajero|" +
  "instalador|motorista|entregador|montador|servicio tecnico|mensajea\\w*|mensajes? al|sms|" +
  "central telefonica|postventa|atencion al cliente|call center|linea de atencion|agend[ae]\\w*|anot[ae]\\w*|" +
  "urgencias?|emergencias?|guardia|fone|fones|telefones?|fixo|ddd|ramal|lig(?:a|ar|ue|uem|ando|acao|acoes|" +
  "arem|ou)|me liga|disque|meu numero|nosso numero|meu contato|contato|numero d[oa] (?:motorista|loja|" +
  "tecnico|montador|entregador|instalador|oficina|vendedora?|assistencia|chapa)|um toque|chama(?:r|)?|chame|" +
  "cham[ae] no|recado|assistencia|sac|central de atendimento|atendimento|plantao|fal(?:a|ar|e) com|phones?|" +
  "telephone|mobile|cell|cellphone|call(?:s|ing| me| us)?|text(?: me| us)?|dial|ring|hotline|my number|" +
  "our number|contact(?: us| me)?|support line|customer service|helpline|toll free|reach|fax|landline|" +
  "extension|whats(?: ?app)?|whatsap|wsp|wpp|wapp|wasap|watsap|guasap|wats|zap|zapzap|telegram|viber|signal|" +
  "wechat|nequi|daviplata|yape|plin|zelle|bizum|sinpe";

const OTHER =
  "repuestos?|refaccion(?:es)?|autopartes?|inyector(?:es)?|injetor|filtros?|bombas?|sensor(?:es)?|" +
  "rolamentos?|rodamientos?|correas?|correias?|bico|original|originales|originais|talles?|tallas?|tamanhos?|" +
  "sizes?|medidas?|measures?|pedido|orden(?:es)?|order|compra|venta|venda|purchases?|packs?|paquetes?|" +
  "pacotes?|numero de envio|envio (?=[#\\d])|shipments?|guias?|tracking|track|trk|rastre\\w*|seguimiento|" +
  "codigos?|cod|codes?|folios?|ref|refs|referencias?|reference|serie|series|serial(?:es)?|s/n|imei|ean|upc|" +
  "gtin|isbn|barras|barcode|cuit|cuil|cnpj|cpf|rut|ruc|dni|rfc|curp|nit|cedula|rg|ie|inscricao|inscripcion|" +
  "pasaporte|passport|tax id|vat|eori|factura|boletas?|nota fiscal|nota|nf|nfe|nf-e|danfe|chave de acesso|" +
  "chave da|cep|codigo postal|cp|c\\.p|zip|zip code|postal|modelos?|models?|mod|pieza|peca|numero de parte|" +
  "nro de parte|parte (?=\\d)|parts?|part number|pn|p/n|lotes?|lot|batch|sku|skus|ot|awb|waybill|invoices?|" +
  "firmware|version|hs code|ncm|protocolo|protocol|clave|pin|clabe|cbu|cvu|cuenta|conta|agencia|iban|remito|" +
  "orden de flete|guia de remision|articulo|article|items?|publicacion|listing|anuncio|placa|patente|chasis|" +
  "chassi|vin|ids?|bosch|oem|fiat|ford|toyota|volkswagen|vw|certificado|tickets?|numero de caso|" +
  "caso (?=[#\\dn])|reclamo (?=[#\\dn])|reclamacao|claim|precio|preco|price|total|valor|saldo|registro|" +
  "permiso|licencia|anatel|inmetro|homologacion|manifiesto|contenedor|container|autorizacion|comprobante|" +
  "comprovante|operacion|transaccion|transacao|nsu|tid|catalogo|lpn|asn|usd|ars|mxn|brl|clp|cop";

/** Carriers: a number beside their names is a parcel, unless somebody shall call them. */
const CARRIER =
  "fedex|dhl|ups|usps|oca|andreani|correo argentino|chilexpress|starken|bluexpress|servientrega|coordinadora|" +
  "interrapidisimo|olva|shalom|estafeta|redpack|paquetexpress|jadlog|loggi|sedex|pac|correios";

/** A word of a text that says what the number next to it is. */
export interface Cue {
  start: number;
  end: number;
  isCall: boolean;
  isCarrier: boolean;
}

/** The alternatives of a pattern, those inside groups left whole. */
function alternatives(pattern: string): string[] {
  const out = [""];
  let depth = 0;
  for (const character of pattern) {
    if (character === "(") depth += 1;
    if (character === ")") depth -= 1;
    if (character === "|" && depth === 0) out.push("");
    else out[out.length - 1] += character;
  }
  return out;
}

/** One pattern for each first letter, or every letter of a text would be held against every word. */
const BY_LETTER: ReadonlyMap<string, RegExp> = new Map(
  Array.from("abcdefghijklmnopqrstuvwxyz", (letter): [string, RegExp] => {
    const of = (words: string) =>
      alternatives(words)
        .filter((word) => word.startsWith(letter))
        .join("|") || "(?!)";
    return [letter, new RegExp(`(?:(${of(CALL)})|(${of(CARRIER)})|(?:${of(OTHER)}))(?![a-z])`, "y")];
  }),
);
const MARKS = /(?<![a-z0-9])[a-z]|[#$]|\u{1f4de}|\u260e|\u{1f4f1}|\u{1f4f2}/gu;

/** All cues of a folded text, in order. */
export function cuesOf(text: string): Cue[] {
  const cues: Cue[] = [];
  let from = 0;
  for (const { 0: mark, index: start } of text.matchAll(MARKS)) {
    if (start < from) continue;
    const pattern = BY_LETTER.get(mark);
    if (pattern === undefined) {
      // A number sign is no more than a carrier's name: "phone # 305-555-0142".
      cues.push({
        start,
        end: start + mark.length,
        isCall: mark !== "#" && mark !== "$",
        isCarrier: mark === "#",
      });
      continue;
    }
    pattern.lastIndex = start;
    const match = pattern.exec(text);
    if (match === null) continue;
    from = start + match[0].length;
    cues.push({ start, end: from, isCall: match[1] !== undefined, isCarrier: match[2] !== undefined });
  }
  return cues;
}

/** How far before a number a word still speaks of it, in characters. */
export const BEFORE = 60;

/** The last cue that ends before an offset: cues are in order. */
export function nearestBefore(cues: readonly Cue[], offset: number): Cue | undefined {
  let low = 0;
  let high = cues.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((cues[middle]?.end ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return cues[low - 1];
}

/** Words and their digits by turns. */
const SPOKEN =
  "cero 0 zero 0 oh 0 um 1 uno 1 una 1 uma 1 one 1 dos 2 dois 2 duas 2 two 2 tres 3 three 3 cuatro 4 quatro " +
  "4 four 4 cinco 5 five 5 seis 6 meia 6 six 6 siete 7 sete 7 seven 7 ocho 8 oito 8 eight 8 nueve 9 nove 9 " +
  "nine 9 diez 10 dez 10 ten 10 once 11 onze 11 eleven 11 doce 12 doze 12 twelve 12 trece 13 treze 13 " +
  "catorce 14 quatorze 14 quince 15 quinze 15 fifteen 15 dieciseis 16 dezesseis 16 veinte 20 vinte 20 twenty " +
  "20 treinta 30 trinta 30 thirty 30 cuarenta 40 quarenta 40 forty 40 cincuenta 50 cinquenta 50 fifty 50 " +
  "sesenta 60 sessenta 60 sixty 60 setenta 70 seventy 70 ochenta 80 oitenta 80 eighty 80 noventa 90 ninety " +
  "90 dieciseis 16 diecisiete 17 dieciocho 18 diecinueve 19 dezessete 17 dezoito 18 dezenove 19 seventeen 17 " +
  "eighteen 18 nineteen 19 thirteen 13 fourteen 14 sixteen 16 veintiuno 21 veintiun 21 veintidos 22 " +
  "veintitres 23 veinticuatro 24 veinticinco 25 veintiseis 26 veintisiete 27 veintiocho 28 veintinueve 29 " +
  "cien 100 cem 100 ciento 1 cento 1 doscientos 200 trescientos 300 cuatrocientos 400 quinientos 500 " +
  "seiscientos 600 setecientos 700 ochocientos 800 novecientos 900 duzentos 200 trezentos 300 quatrocentos " +
  "400 quinhentos 500 seiscentos 600 setecentos 700 oitocentos 800 novecentos 900 hundred 00 sesenta 60" +
  " sero 0 sinco 5 ceis 6 seiz 6 ciete 7 nuebe 9 kuatro 4";
const DIGIT_WORDS = new Map(
  Array.from(SPOKEN.matchAll(/(\w+) (\d+)/g), ([, word = "", digits = ""]): [string, string] => [
    word,
    digits,
  ]),
);

/** The digits that a word stands for, null for any other word. */
export function digitsOfWord(word: string): string | null {
  return DIGIT_WORDS.get(word) ?? null;
}
