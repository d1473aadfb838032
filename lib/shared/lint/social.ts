import { isOn, type Link } from "./links";
import { isDenied } from "./negation";
import { overlaps, type Span, spansOf } from "./span";

const HOSTS: ReadonlySet<string> = new Set(
  (
    "facebook.com fb.com fb.me fb.watch m.me messenger.com instagram.com instagr.am ig.me tiktok.com " +
    "twitter.com x.com t.me telegram.me telegram.org telegram.dog wa.me wa.link whatsapp.com discord.gg " +
    "discord.com discordapp.com threads.net threads.com linkedin.com pinterest.com pin.it snapchat.com " +
    "kwai.com linktr.ee beacons.ai linkin.bio line.me viber.com skype.com signal.me signal.group wechat.com " +
    "weixin.qq.com youtube.com youtu.be twitch.tv vk.com reddit.com bsky.app walink.co wame.pro bio.link " +
    "linkbio.co taplink.cc bio.site lnk.bio heylink.me solo.to msha.ke onlyfans.com"
  ).split(" "),
);

const WHATSAPP =
  "(?:wh?[a4@]t+'?[sz]+ ?[a4@]p+s?|wh?at+ap+|wha+s+ap+|whtsapp?|whatsp|wha+ts? ?s?app?|what ?zap|" +
  "whats(?! (?:wrong|the|is|are|your|ur|this|that|it|up|happen\\w*|going|in|inside|on|missing|best|better|" +
  "next|more|new|left)(?![a-z]))|wats|u?[gw]u?[aá]s[ae]p+|wass?ap+|whassap+|wath?sapp?|uatsap|uatzap|wuasap|" +
  "wazap|gu?ats?app?|wasa|w[sp]pp?|wsp|wzp|wapp|wpp[sz]?|zap ?zap|zapp?|zapinho|zapzap)";
const NETWORK = `(?:${WHATSAPP}|instagram|instagran|insta(?! ?\\d)|ig|inst[a4@]gr[a4@]m|f[a4@]ce?b[o0]{1,2}k|fei?s ?b[ou]+k|fan ?page|insta-gram|face(?:book)?(?! ?(?:id|shield|mask))|fb|messenger|t[e3]l[e3]gr[a4@][mn]|ti[kc][ -]?to[kc]|twitter|discord|we ?chat|weixin|viber|skype|snapchat|snap|kwai|facetime|imessage|zalo|kakao(?:talk)?|qq|bluesky|twitch|threads|linkedin|pinterest|signal|redes(?: sociales| sociais)?|youtube)`;
const THE =
  "(?:el|la|los|las|un|una|o|a|os|as|um|uma|the|mi|mis|nuestr[oa]s?|meu|minha|noss[oa]s?|my|our|su|tu|este|" +
  "esse|nuestra pagina de|nossa pagina do|pagina de|page on|pagina do)";

/** Asking somebody to write, follow or look somewhere. */
const ASK =
  "(?:(?:escrib|mand|env[ií]|habl|contact|comuni[cq]|bus[cq]|agreg|anad|encontr|encuentr|consult|pregunt|" +
  "coordin|cham|adicion|procur|respond|convers|explic|cotiz|coment|suscrib|ubi[cq]|visit|charl|chat|llam|" +
  "resol[vu]|acess|inscrev)\\w{0,7}|" +
  "segu(?:i|inos|ime|ir|idos|e)|sigue(?:nos|me)?|siga(?:n|m|nos|nme|me)?|pas(?:a|ame|anos|eme|enos|o|amos|as|" +
  "arte|ar)|mir[ae]n?|entr[ae]n?|estamos|unite|unete|suma(?:te|rte)|avis(?:a|ame|anos|eme)|atend(?:emos|o)|" +
  "contest(?:o|amos)|arreglamos|fal(?:a|e|ar|em|amos|o|ando)|segue|ache|achar?|curt(?:a|e|am|ir)|" +
  "marca(?:r|) (?:a gente|nos)|te espero|[lt](?:o|e)s? esperamos|etiqueta(?:nos|me)|tag (?:us|me)|" +
  "vem(?! com)|olha|olhada|veja|confir(?:a|e|am)|combinamos|vean?|ves|fijate|pid(?:e|a|eme|ame)|pedi(?:me|" +
  "nos|)|dale (?:like|me gusta)|nos (?:ve|ves)|temos|tenemos|posta(?:mos)?|" +
  "we are|we're|see|drop|catch|watch us|hmu|add|follow|message|msg|text|write|contact|reach|find|look (?:for|" +
  "us)|dm|join|send|talk|ping|hit (?:me|us)|search|check|like|subscribe|connect|come|reply|ask)";

/** The same, asked of somebody to do for oneself: no product does that. */
const ASK_ME =
  "(?:(?:escrib[aei]|mand[ae]|envi[ae]|habl[ae]|contact[ae]|busc[aou]|busque|segui|sigue|siga|sigan|" +
  "agreg[au]e?|anad[ae]|pas[ae]|llam[ae]|consult[ae]|pregunt[ae]|avis[ae]|encontr[ae]|encuentr[ae]|" +
  "respond[ae]|contest[ae]|visit[ae])(?:me|nos|melo|melos|mela|noslo|nosla)|(?:me|nos) (?:cham[ae]|mand[ae]|" +
  "segu?[ei]|sig[ao]|pass[ae]|adicion[ae]|ach[ae]|procur[ae]|encontr[ae]|escrib[aei]s?|hablas?|mandas?|" +
  "pasas?|buscas?|llamas?|agregas?|contactas?|segu[ií]s|liga|ligue|responde|avisa|add)|(?:message|text|add|" +
  "contact|reach|dm|follow|find|call|ping|write|msg|send|tell|email) (?:to )?(?:me|us)|(?:chat|talk|" +
  "speak) (?:with|to) (?:me|us)|fal[ae]r? (?:comigo|conosco|com a gente)|cham[ae]r? (?:a gente|eu|nos))";

/** Invitations that say "me": only a denial takes them back. */
const INVITATIONS: readonly RegExp[] = [
  new RegExp(
    `(?<![a-z])${ASK_ME}(?![a-z])(?:[^.\\n!?]|\\.(?=[a-z0-9])){0,60}(?<![a-z])${NETWORK}(?![a-z0-9])`,
    "g",
  ),
  // nuestro insta, my wechat, meu zap
  new RegExp(`(?<![a-z])(?:mi|mis|nuestr[oa]s?|meu|minha|noss[oa]s?|my|our) ${NETWORK}(?![a-z])`, "g"),
  // síguenos: where else than on a network, but for Mercado Libre itself
  /(?<![a-z])(?:siguenos|seguinos|siganos|sigannos|nos (?:siga|segue|sigam)|segue a gente|follow (?:us|our page)|(?:busca|busque|encontra|encuentra)(?:nos|me) como|me buscas como|nos procure como|find us as)(?![a-z])(?![^\n]{0,40}mercado)/g,
  /(?<![a-z])(?:cham\w{1,3}|manda\w?|vem|fal[ae]) (?:no|in|al) pv(?![a-z])/g,
  // A name alone that has no other meaning here.
  /(?<!\d ?)(?<![a-z])dms?(?![a-z])/g,
  // instagram . com, wa punto me/549..., t . me/lana
  /(?<![a-z])(?:instagram|facebook|tiktok|telegram|whatsapp) ?[([]? ?(?:\.|punto|ponto|dot) ?[)\]]? ?(?:com|me|org)(?![a-z])/g,
  /(?<![a-z])(?:wa|t|m|fb|ig) ?[([]? ?(?:\.|punto|ponto|dot) ?[)\]]? ?me ?\//g,
  // Written so that no machine reads it: w.h.a.t.s.a.p.p, i n s t a g r a m
  ...["whatsap", "watsap", "insta", "facebook", "telegram"].map(
    (name) => new RegExp(`(?<![a-z])${[...name].join("[ .*_-]{1,2}")}(?![a-z])`, "g"),
  ),
  /(?<![a-z])w\.[ps]\.p(?![a-z])/g,
];

const PATTERNS: readonly RegExp[] = [
  // escribime (...) por / al / no / on whatsapp
  new RegExp(
    `(?<![a-z])${ASK}(?![a-z])(?:[^.\\n!?]|\\.(?=[a-z0-9])){0,44}(?<![a-z])${NETWORK}(?![a-z0-9])`,
    "g",
  ),
  // más fotos en nuestro instagram, mais fotos no face
  new RegExp(
    `(?<![a-z])(?:fotos|videos|modelos|novedades|promos?|promociones|novidades|promocoes|ofertas|sorteos|catalogo|photos|pics|pictures|deals|updates|colou?rs) (?:[a-z]{1,10} ){0,3}?(?:en|no|na|on|in|at) (?:${THE} )?${NETWORK}(?![a-z])`,
    "g",
  ),
  // instagram/lanas, facebook punto com
  /(?<![a-z])(?:instagram|facebook|tiktok|fb|ig|telegram)(?: ?\/ ?[a-z0-9_.]{3,40}| (?:punto|ponto|dot) com| com\/)/g,
  // por whatsapp (le mando el video): a way to talk
  new RegExp(
    `(?<![a-z])(?:por|pelo|pela|via|al|through|over|by|no|na|on) (?:${THE} )?${WHATSAPP}(?![a-z])`,
    "g",
  ),
  new RegExp(`(?<![a-z])(?:por|pelo|pela|via|through|over) (?:${THE} )?${NETWORK}(?![a-z])`, "g"),
  // nuestro insta, my wechat, meu zap, grupo de whatsapp
  new RegExp(
    `(?<![a-z])(?:(?:grupo|canal|perfil|comunidad) (?:d[eo]|en|no|na|del)|comunidad de|pagina d[eo]|perfil d[eo]|group on|channel on|tu|su|seu|teu|your) ${NETWORK}(?![a-z])`,
    "g",
  ),
  // instagram: @tienda, ig tienda_x, wechat is toolsking
  new RegExp(
    `(?<![a-z0-9])(?!(?:signal|threads|snap|face)(?![a-z]))${NETWORK} {0,2}(?::|=|->|es|is) {0,2}@?[a-z0-9_.]{3,40}`,
    "g",
  ),
  new RegExp(`(?<![a-z0-9])${NETWORK} (?:e|como|as) @?(?=[a-z0-9.]{0,30}[_.\\d])[a-z0-9_.]{3,40}`, "g"),
  new RegExp(
    `(?<![a-z])(?:en|no|on|in) ${NETWORK} (?:estamos|somos|nos encontr\\w+|aparec\\w+|figur\\w+|we are|we're|a gente e)(?![a-z])`,
    "g",
  ),
  // ¿tenés whatsapp?
  new RegExp(
    `(?<![a-z])(?:tenes|tienes|tiene|tem|usas|usa|have|has) (?:un |o )?(?:${WHATSAPP}|telegram|instagram)(?= ?\\?)`,
    "g",
  ),
  /(?<![a-z])(?:whatsapp|wechat|telegram|wpp) (?:me|us)(?![a-z])|(?<![a-z])link (?:en|na|in) (?:la )?bio(?![a-z])/g,
  new RegExp(`(?<![a-z0-9])${NETWORK} [a-z]{3,30}(?:[0-9_]|\\.(?=[a-z]))[a-z0-9_.]{0,30}`, "g"),
  new RegExp(`(?<![a-z])(?:numero|link|contato|grupo|number) d[oe] ${WHATSAPP}(?![a-z])`, "g"),
  /(?<![a-z])line(?: id)?: ?[a-z][a-z0-9_.]{3,30}|(?<![a-z])qq[: ]{1,2}\d{6,10}|(?<![a-z])add (?:me |us |my |our )?(?:on |in )?line(?![a-z])/g,
  // line id: seller88, my QQ is 1234567
  /(?<![a-z])(?:line|qq|wechat|skype|kakao) ?id(?![a-z])|(?<![a-z])(?:my|our) (?:line|qq)(?: number)?(?: is|:)/g,
  new RegExp(`(?<![a-z0-9])${NETWORK},? {0,2}(?:- )?@[a-z0-9_.]{2,40}`, "g"),
  // dm me, mandame dm, chama no direct, por privado
  /(?<![a-z])(?:inbox me|(?:manda(?:me|nos|r)?|mandem?e|por|al|un|send) inbox(?![a-z])|zap da |(?:cham|mand|fal|escrev|respond)\w{1,5} (?:[a-z]{1,8} )?(?:no|na|pelo|por) (?:direct|inbox|dm)(?![a-z]))/g,
];

/** A name after an at sign that belongs to no address. */
const HANDLE = /(?<![a-z0-9_.@+-])@[a-z_][a-z0-9_.]{2,39}/g;

/** Somebody speaks of what a thing is for or can do, not of where to write. */
const PRODUCT =
  /(?<![a-z])(?:messages|mensajes de|mensagens d[oe]|vibra\w*|vibrates?|notific\w*|compatible\w*|compativel|funcion\w*|sirv\w*|serv\w*|works?|shows?|muestra|mostra|receb\w*|recib\w*|lee|anda|grab\w*|grav\w*|record\w*|transmi\w*|stream\w*|lives?|llamadas?|videollamadas?|ligacoes|chamadas|aplicacion\w*|aplicativos?|caneca|tazas?|frase|arte|botao|boton|funda|capa|capinha|case|soporte|suporte|auricular\w*|headset|microfon\w*|tripode|tripe|aro de luz|ring light|made for|stickers?|imanes|remera|camiseta|taza|caneca|disfraz|peluche|pantalla|tela|screen|reloj|relogio|watch|smartwatch|supports?|soporta|suporta|videos? para|para (?:hacer|subir|tus|fazer)|ideal|fits?|cabe|encaixa|calls|pelicula|vidrio|glass|teclado|keyboard|tablet|celular para|impres\w*|adesivo\w*|logo\w*|icono\w*|cartel\w*|placa\w*|tarjetas?|qr|subir|camara|camera|gps|tv|televisor|roteador|router|wifi|internet|bloquea\w*|blocked|buttons?|llavero|chaveiro|estampad[oa]|poster|imagen|publicidad|entere|viste|publicar|postar|edit\w*)(?![a-z])/;

/** Without one of these no pattern finds anything: most texts end here. */
const MENTION = new RegExp(
  `(?<![a-z])(?:${NETWORK}|dms?|inbox|direct|pv|line|qq|s[ie]gui?(?:enos|inos)|sigan?nos|siga|segue|segam|sigam|follow|busc|busqu|encontr|encuentr|procure|find|` +
    "link (?:en|na|in)|[witf][ .*_-]|(?:wa|t|m|fb|ig) ?[([]?[ .]|wechat|skype|kakao)",
);

/** Links and names of social networks and messengers, and invitations to write there (SOCIAL_NETWORK_LINK). What a product does
 *  with them ("funda para whatsapp") is none. On folded text. */
export function socialSpans(text: string, links: readonly Link[], phones: readonly Span[]): Span[] {
  const spans: Span[] = links.filter(
    (link) => isOn(link, HOSTS) && (link.host.length > 5 || link.rest.length > 1),
  );
  for (const match of text.matchAll(HANDLE)) {
    spans.push({ start: match.index, end: match.index + match[0].length });
  }
  if (!MENTION.test(text)) return spans;
  for (const span of spansOf(text, PATTERNS)) {
    if (!isOfProduct(text, span)) spans.push(span);
  }
  for (const span of spansOf(text, INVITATIONS)) {
    if (!isDenied(text, span, 6) && !PRODUCT.test(text.slice(span.start, span.end))) spans.push(span);
  }
  for (const span of spansOf(text, [NAMED]).slice(0, ENOUGH)) {
    const around = text.slice(Math.max(0, span.start - 80), span.end + 60);
    if (!PRODUCT.test(around) && !isOfProduct(text, span)) spans.push(span);
  }
  for (const match of text.matchAll(NUMBERED)) {
    const end = match.index + match[0].length;
    if (overlaps({ start: end, end: end + 3 }, phones)) spans.push({ start: match.index, end });
  }
  return spans;
}

/** whatsapp 11 97364-2281: a network and a telephone number right behind it. */
const NUMBERED = new RegExp(`(?<![a-z])${NETWORK}(?![a-z])[ :()-]{0,4}`, "g");

/** Whoever named a messenger so often has been warned. */
const ENOUGH = 30;

/** The name of the messenger alone, where nothing speaks of a product. */
const NAMED =
  /(?<![a-z0-9])(?:what'?s ?app|whatsap|wsp|wpp|wasap|watsap|guasap|wassap|uatsap|wuasap|wazap|we ?chat|fb|ig|zap ?zap)(?![a-z0-9])/g;

function isOfProduct(text: string, { start, end }: Span): boolean {
  const from = Math.max(0, start - 48, text.lastIndexOf("\n", start - 1), text.lastIndexOf(". ", start - 1));
  const before = text.slice(from, start);
  return isDenied(text, { start, end }) || PRODUCT.test(before) || PRODUCT.test(text.slice(start, end));
}
