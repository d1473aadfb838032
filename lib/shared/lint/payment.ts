import { isOn, type Link } from "./links";
import { isDenied } from "./negation";
import type { Span } from "./span";

/** A way to pay elsewhere, with the reason Mercado Libre gives for it (messages.md 7). */
export interface PaymentSpan extends Span {
  reason: string;
}

const MERCADO_PAGO = "LINK_MERCADOPAGO";
const PAYPAL = "ML_LINKS_PAYPAL";
/** Bank data are data of a person. */
const BANK = "PERSONAL_DATA";

const PAYPAL_HOSTS: ReadonlySet<string> = new Set(["paypal.me", "paypal.com", "paypalobjects.com", "py.pl"]);
const PAY_HOSTS: ReadonlySet<string> = new Set(
  (
    "mpago.la mpago.li mercadopago.com mercadopago.com.ar mercadopago.com.br mercadopago.com.mx " +
    "mercadopago.com.co mercadopago.com.uy mercadopago.com.pe mercadopago.com.ec mercadopago.com.ve " +
    "mercadopago.cl mpago.to pagseguro.uol.com.br pagseguro.com.br pag.ae picpay.me app.picpay.com picpay.com " +
    "nubank.com.br stripe.com cash.app venmo.com clip.mx infinitepay.io payu.com wompi.co epayco.co bold.co " +
    "khipu.com flow.cl webpay.cl ualabis.com.ar uala.com.ar modo.com.ar cuentadni.com.ar wise.com revolut.me " +
    "zellepay.com culqi.com izipay.pe niubiz.com.pe asaas.com sumup.com sumup.link kueski.com conekta.com " +
    "getnet.com.br cielolink.com.br link.infinitepay.io ton.com.br"
  ).split(" "),
);

/** Speaks of how the purchase was paid, or of money going back. */
const PAID =
  /(?<![a-z])(?:pagaste|pagou|pagaron|paid|pago (?:ya|se|por|con|en|via|no|pelo|foi|esta|figura|aparece)|tu pago|su pago|seu pagamento|your payment|o pagamento|el pago|pagamento (?:foi|via|por|em|no|pelo|caiu|aprovado)|compra (?:foi )?(?:paga|pagada)|acredit\w*|aprob\w*|aprov\w*|compens\w*|reembols\w*|estorn\w*|refund\w*|devol\w*|reintegr\w*|liber\w*|elegiste|eligio|escolheu|usaste|hiciste|fez|feito|hecho|caiu|demora\w*|tarda\w*|confirmado|recebido|recibido|received|comprovante do)(?![a-z])[^\n]{0,40}$/;
const PAID_AFTER =
  /^[^.\n!?]{0,40}(?<![a-z])(?:acredit\w*|se aprob\w*|aprobado|aprovad[oa]|ja caiu|caiu|foi (?:confirmado|aprovado|estornado|recebido)|was (?:approved|received)|reembols\w*|estorn\w*|se reflej\w*|demora|tarda|compensou|confirmou|went through|cleared)(?![a-z])/;

/** Asking for money, or offering a better price. */
const MOVE =
  "(?:deposit\\w*|transf(?:iere|ieras|erir|eri|erime|erinos|eris|ieres|ira|ieren|ereme|er|ir)|transfira|" +
  "consign\\w*|gir(?:a|ame|ar|anos|eme|enos)|abon(?:a|ar|as|ame|e|eme|enos)|yape(?:a|ar|ame|e|eme|enos|arme|" +
  "ando)|plinea\\w*|wire)";
const ASKS =
  `(?:${MOVE}|pag(?:a|ar|as|ame|anos|alo|arlo|ue|uen|uelo|ueme|arme|arnos|ando)|envi(?:a|e|ar|ame|eme|arme|anos|enos|as|o)|` +
  "mand(?:a|e|ame|eme|as|ar|arme|anos|o|amos)|pas(?:a|o|ame|as|e|eme|amos|arte|ar)|faz|faca|fazer|fazendo|" +
  "faco|fizer|acept\\w*|aceit\\w*|accept\\w*|recib(?:o|imos)|receb(?:o|emos)|trabaj(?:o|amos)|trabalh(?:o|" +
  "amos)|pued(?:e|es)|podes|podrias|pode|da pra|se quiser|pedi\\w*|ped(?:e|ime|ir)|compr(?:a|e|ame|ando|" +
  "ar) dire(?:c)?t[oa]|comprame|send|pay|make|take|use|buy direct|te paso|descuento|desconto|discount|" +
  "sin comision|sem (?:a )?taxa|mas barato|mais barato|sai (?:mais|por|sem)|sale (?:mas|menos)|por fuera|" +
  "por fora|outside|hago (?:mejor |buen )?precio|faco (?:um )?preco|diferenc[ai]a?|faltante|restante|sena|" +
  "sinal|flete|frete|resto)";

/** Ways to pay that are never those of the purchase. */
const CHANNEL =
  "(?:bancolombia|davivienda|sinpe|oxxo|spei|cuenta ?rut|tenpo|uala|binance|usdt|bitcoin|crypto|cripto|prex|" +
  "abitab|redpagos|pago ?movil|bank transfer|wire transfer|bank deposit|transferencias?(?: bancaria|" +
  " electronica)?|deposito bancario|efecty|payoneer|alipay|wechat pay|skrill|swift transfer|google pay|" +
  "link de pago|link de pagamento|payment link|alias|cbu|cvu|clabe)";
const ACCOUNT =
  "(?:(?:mi|la|nuestra|una|esta|minha|nossa|essa|esta|my|our|this) (?:cuenta|conta|account|bank account)|" +
  "cuenta (?:bancaria|corriente|de ahorros?|vista|rut)|conta corrente|mercado ?pago|bbva|santander|bcp|" +
  "interbank|banamex|galicia|pichincha|banorte|itau|nubank|bradesco)";

/** Names that nobody writes to a buyer but to be paid by: enough alone, unless a payment is spoken of. */
const NAMES =
  /(?<![a-z])(?:pix|paypal|payoneer|nequi|daviplata|yape|plin|zelle|venmo|cash ?app|western union|moneygram|picpay|bizum)(?![a-z])/g;

const OFFERS: readonly RegExp[] = [
  NAMES,
  new RegExp(
    `(?<![a-z])(?:${ASKS}(?![a-z])(?:[^.\\n!?]|\\.(?=[a-z0-9])){0,52}?(?<![a-z])${CHANNEL}|${CHANNEL}(?![a-z])(?:[^.\\n!?]|\\.(?=[a-z0-9])){0,36}?(?<![a-z])${ASKS})(?![a-z])`,
    "g",
  ),
  new RegExp(
    `(?<![a-z])${MOVE}(?![a-z])(?:[^.\\n!?]|\\.(?=[a-z0-9])){0,40}?(?<![a-z])${ACCOUNT}(?![a-z])`,
    "g",
  ),
  /(?<![a-z])(?:haz|haga|hagan|hace|hacer|faca|faz|fazer|make|do)(?:me|nos)? (?:un|una|o|um|uma|a|el|la) (?:transferencia|deposito|giro|pix|yape|bank transfer|transfer)(?![a-z])/g,
  /(?<![a-z])(?:link|alias|qr) (?:de|do) (?:mercado ?pago|mp|pago|pagamento)(?![a-z])/g,
];

/** Keys and numbers of accounts: there is no other reason to write them. */
const DATA: readonly RegExp[] = [
  /(?<![a-z])(?:chave|key|llave)s? (?:do |de |da |of )?pix(?![a-z])/g,
  /(?<![a-z])pix(?: key|:| e| es| is| (?:no|do|para o|pro|pra) (?:cpf|cnpj|celular|email|e-mail|numero)| cpf| cnpj| celular| (?=[+(]?\d))/g,
  /(?<![a-z])chave (?:aleatoria|cnpj|cpf|celular|telefone|email|e-mail)(?![a-z])/g,
  /(?<![a-z])alias:? {0,2}(?:(?:de )?(?:mp|mercado pago|cbu|cvu|bancario|es)[: ]{1,3})?[a-z0-9-]{2,20}(?:\.[a-z0-9-]{2,20}){1,3}/g,
  /(?<![a-z])(?:mi|nuestro) alias(?![a-z])|(?<![a-z])(?:mi|nuestro|el|un|al|por) (?:cbu|cvu|clabe)(?![a-z])/g,
  /(?<![a-z])(?:cbu|cvu|clabe|cci|iban)(?: \w{1,12}){0,3}[:. #]{0,4}(?:[a-z]{2})?\d[\d -]{14,30}\d/g,
  /(?<![a-z])(?:cuenta|conta|account|cta)(?: de ahorros?| corriente| corrente| poupanca| vista| rut)?(?: \w{1,14}){0,2}[:.#n° ]{0,5}\d[\d.\-/]{5,20}\d?(?![\d])/g,
  /(?<![a-z])(?:ag|agencia)[:. ]{0,3}\d{3,5}(?:-\d)?[ ,/|;-]{1,4}(?:c\/?c|conta|cc|c\/p)[:. ]{0,3}\d{3,10}/g,
  /(?<![a-z])(?:te|le|lhe|vou te|i) ?(?:paso|pasamos|mando|doy|dejo|envio|passo|passar|send(?: you)?) (?:el|mi|o|los datos|mis datos|os dados|meu|minha|my|the|nuestros datos|a) (?:alias|cbu|cvu|clabe|cuenta|numero de cuenta|pix|chave|conta|account|bank details|para (?:la transferencia|transferir|depositar)|da conta|de (?:la )?cuenta|link de pag\w+)/g,
  /(?<![a-z])(?:transferi|transfere|transfiera|transfiere|deposit[ae]|consign[ae]|gir[ae]|abon[ae]|yape[ae]|yapee|plinea)(?:me|nos|melo|noslo)(?![a-z])/g,
  // A bank and a number.
  /(?<![a-z])(?:bancolombia|davivienda|bbva|bcp|interbank|santander|banco [a-z]{2,14}|bancoestado|banorte|banamex|hsbc|scotiabank|itau|bradesco|caixa|nubank|galicia|brou|pichincha|banesco|mercantil|tarjeta|cartao)(?: [a-z.]{1,12}){0,4}[:# ]{1,3}\d[\d -]{7,24}\d/g,
  /(?<![a-z])(?:pag(?:a|as|ar|ame|anos|ue|uen|ando)|abon(?:a|as|ar|e)|pay(?:ing)?|acept(?:o|amos)|aceit(?:o|amos)|accept)(?: [a-z]{1,10}){0,3} (?:en efectivo|efectivo al|em dinheiro|in cash|cash)(?![a-z])/g,
  /(?<![a-z])(?:pag\w{1,4}|pay(?:ing)?|cobr(?:o|amos|ar)|deposit\w{1,5}|dinero|plata|dinheiro|money) (?:[a-z]{1,10} ){0,3}(?:por fuera|por fora|fuera de (?:la plataforma|mercado)|fora d[oa] (?:plataforma|mercado|site)|outside|off[ -](?:site|platform))/g,
  /(?<![a-z])(?:(?:our|my|the) bank (?:account|details|info|data|number)|account number|routing number|sort code|transfer (?:the money|it|\d|us|me|to (?:our|my|this))|direct deposit|numero de (?:cuenta|conta)|money order)(?![a-z])/g,
  /(?<![a-z])pago ?movil[^.\n]{0,20}\d{4}/g,
  /(?<![a-z])chave (?:e|eh|sera) (?:o |a )?(?:meu |nosso )?(?:cnpj|cpf|celular|telefone|e-?mail|aleatoria)(?![a-z])/g,
  /(?<![a-z])(?:picpay|venmo|paypal|cash ?app|zelle)[: ]{1,3}(?:me(?![a-z])|@)/g,
  /(?<![a-z])(?:datos bancarios|dados bancarios|bank details|datos para (?:transferir|la transferencia|depositar|el deposito))(?![a-z])/g,
];

/** Without one of these no pattern finds anything: most texts end here. */
const MENTION = new RegExp(
  `${NAMES.source}|(?<![a-z])(?:${CHANNEL}|${ACCOUNT}|chave|llave|key|cuenta|conta|cta|account|ag|agencia|cci|iban|` +
    "transf|deposit|consign|gir[ae]|abon[ae]|yape|plinea|datos|dados|bank|banco|hsbc|scotia|caixa|brou|" +
    "banesco|mercantil|tarjeta|cartao|" +
    "efectivo|dinheiro|cash|fuera|fora|outside|off|routing|sort code|direct deposit|money|link|qr|giro|paso|" +
    "pasamos|passo|send)",
);

/** Links, keys, accounts and offers to pay past the purchase (LINK_MERCADOPAGO, ML_LINKS_PAYPAL; account data: PERSONAL_DATA).
 *  How the purchase was paid is none, nor is a refusal to take money elsewhere. On folded text. */
export function paymentSpans(text: string, links: readonly Link[]): PaymentSpan[] {
  const spans: PaymentSpan[] = [];
  for (const link of links) {
    if (isOn(link, PAYPAL_HOSTS)) spans.push({ start: link.start, end: link.end, reason: PAYPAL });
    else if (isOn(link, PAY_HOSTS)) spans.push({ start: link.start, end: link.end, reason: MERCADO_PAGO });
  }
  if (!MENTION.test(text)) return withoutOverlap(spans);
  for (const pattern of [...DATA, ...OFFERS]) {
    for (const match of text.matchAll(pattern)) {
      const span = { start: match.index, end: match.index + match[0].length };
      if (isTalk(text, span)) continue;
      spans.push({ ...span, reason: reasonOf(match[0]) });
    }
  }
  return withoutOverlap(spans);
}

function reasonOf(words: string): string {
  if (words.includes("paypal")) return PAYPAL;
  return /mercado ?pago|link de pag|payment link/.test(words) ? MERCADO_PAGO : BANK;
}

/** Is it talk of a payment that was made, or a refusal? */
function isTalk(text: string, span: Span): boolean {
  const before = text.slice(Math.max(0, span.start - 60), span.start);
  if (
    /(?<!(?:fuera|fora) (?:de|do) )mercado li[bv]re (?:[a-z]{1,8} ){0,2}(?:(?:acept|aceit|accept)\w* )?$/.test(
      before,
    )
  )
    return true;
  if (
    /(?<![a-z])(?:placa|adesivo|display|maquininha|totem|etiqueta|acrilico|cartel|sticker|qr ?code)(?![a-z])/.test(
      text.slice(Math.max(0, span.start - 40), span.end),
    )
  )
    return true;
  if (PAID.test(before) || PAID_AFTER.test(text.slice(span.end, span.end + 60))) return true;
  return PAID.test(text.slice(span.start, span.end)) || isDenied(text, span);
}

function withoutOverlap(spans: readonly PaymentSpan[]): PaymentSpan[] {
  const out: PaymentSpan[] = [];
  for (const span of [...spans].sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = out.at(-1);
    if (last === undefined || span.start >= last.end) out.push({ ...span });
    else last.end = Math.max(last.end, span.end);
  }
  return out;
}
