import { isOn, type Link } from "./links";
import type { Span } from "./span";

/** Hosts of the shorteners that Mercado Libre names (messages.md 7: Bitly, Bl.ink, Polr, Rebrandly, T2M, TinyURL, Zapier's,
 *  Yourls) and of those that sellers of the region use. */
const HOSTS: ReadonlySet<string> = new Set(
  (
    "bit.ly bitly.com bitly.ws bityli.com j.mp bl.ink polr.me polrproject.org rebrand.ly rebrandly.com rb.gy " +
    "t2m.io t2mio.com tinyurl.com tiny.one tiny.cc tny.im zpr.io yourls.org goo.gl g.co ow.ly is.gd v.gd " +
    "buff.ly cutt.ly t.co lnkd.in shorturl.at shorturl.gg shorturl.com acortar.link acortarlink.com " +
    "encurtador.com.br encurta.net encurtalink.com encr.pw l1nk.dev l1nq.com acesse.one acesse.dev abre.ai " +
    "abrir.link uqr.to s.id t.ly soo.gd bc.vc adf.ly shorte.st shrtco.de urlz.fr surl.li qr.ae dub.sh kutt.it " +
    "short.io short.gy shorturl.me clck.ru ouo.io mcaf.ee x.gd n9.cl clk.sh db.tt amzn.to bit.do cli.re " +
    "linkfly.to qrco.de me2.do shrinke.me 2u.pw gg.gg snip.ly tr.im u.to urlshort.dev tinylink.net chilp.it " +
    "hyperurl.co lc.cx ity.im po.st vurl.com oe.cd da.gd ulvis.net shortlink.com smallurl.co tiny.pl bitly.me " +
    "cort.as zii.bz trim.link 0x.co kurzelinks.de page.link shorturl.asia urlzs.com cutt.us rotf.lol " +
    "shrtlnk.dev lnk.to smarturl.it ln.run spoo.me short.link minu.me han.gl a.co wp.me dlvr.it ift.tt trib.al " +
    "shor.by b.link link.do yep.so qr.net qr1.be goo.su vk.cc tini.to budurl.com tr.ee hubs.ly dub.link dub.co " +
    "shre.ink urlr.me kutt.to git.io u.nu x.co lihi.cc reurl.cc pse.is ppt.cc url.cn dwz.cn t.cn suo.im mrw.so " +
    "encurtador.net encurta.ai curt.link migre.me vai.la acort.me acorta.me corta.link bit.ky rebrand.li " +
    "spoti.fi y2u.be linktw.in cutit.org"
  ).split(" "),
);

/** A shortener's name with its dot written out or spaced away: "bit punto ly/x", "bit . ly", "tinyurl(.)com". */
const DISGUISED =
  /\b(?:bit|cutt|ow|rebrand|tinyurl|acortar|goo|is|rb|tiny) {0,2}(?:[([] {0,1}(?:\.|punto|ponto|dot) {0,1}[)\]]|(?: \. ?|\. )(?=[a-z]{2,4}\/)| (?:\.|punto|ponto|dot) ) {0,2}(?:ly|com|link|gl|gd|gy|cc|one)\b(?:\/[^\s<>"]{0,99})?/g;

/** Links on the host of a shortener (LINK_SHORT_URL). */
export function shortenerSpans(text: string, links: readonly Link[]): Span[] {
  const spans: Span[] = links.filter(
    (link) => BRAND.test(link.host) || (isOn(link, HOSTS) && isShortened(link)) || isCoded(link),
  );
  for (const match of text.matchAll(DISGUISED)) {
    spans.push({ start: match.index, end: match.index + match[0].length });
  }
  return spans;
}

/** A shortener of one's own bears its maker's name: "links.yourls.example", "polr.example". */
const BRAND =
  /(?:^|\.)(?:bitly|tinyurl|rebrandly|yourls|polr|cuttly|shorturl|encurtador|encurta|acortar|acortador|shortlink|t2m)\./;

/** A tiny host and a code behind it: "abc.de/x7kp2". */
function isCoded({ host, rest }: Link): boolean {
  return /^[a-z0-9]{1,3}\.[a-z]{2}$/.test(host) && /^\/(?=[a-z]*\d)[a-z0-9]{4,10}$/.test(rest);
}

/** Names of four letters also come out of a missing space ("llega.is"): those count with a path only. */
function isShortened(link: Link): boolean {
  return link.host.length > 5 || link.rest.length > 1;
}
