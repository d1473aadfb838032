import { html, raw } from "hono/html";
import type { Seller } from "@/sandbox/world/model";
import type { SiteId } from "@/sandbox/world/sites";
import { SITES } from "@/sandbox/world/sites";
import type { Client } from "@/sandbox/world/world";

type Page = ReturnType<typeof html>;
export type ConsentProblem = "redirect_mismatch" | "cannot_connect" | "invalid_operator_user_id";

const WORDS = {
  es: {
    lang: "es",
    title: "Autorizar aplicación",
    wants: "quiere conectarse con tu cuenta",
    may: "Podrá:",
    scopes: [
      "Ver y responder los mensajes de tus ventas",
      "Ver tus ventas, publicaciones y envíos",
      "Seguir conectada aunque no estés usando la aplicación",
    ],
    account: "¿Con qué cuenta?",
    allow: "Autorizar",
    deny: "Cancelar",
    note: "Simulador local: ninguna cuenta real interviene.",
  },
  pt: {
    lang: "pt-BR",
    title: "Autorizar aplicativo",
    wants: "quer se conectar à sua conta",
    may: "Ele poderá:",
    scopes: [
      "Ver e responder as mensagens das suas vendas",
      "Ver suas vendas, anúncios e envios",
      "Continuar conectado mesmo quando você não estiver usando",
    ],
    account: "Com qual conta?",
    allow: "Autorizar",
    deny: "Cancelar",
    note: "Simulador local: nenhuma conta real está envolvida.",
  },
};

/** Mercado Libre's own error pages: no redirect happens (auth-and-limits.md 2). */
const PROBLEMS = {
  es: {
    redirect_mismatch:
      "Lo sentimos, la aplicación no puede conectarse: el callback del cliente debe coincidir con el parámetro redirect_uri.",
    cannot_connect: "Lo sentimos, la aplicación no puede conectarse a tu cuenta.",
    invalid_operator_user_id:
      "Ingresaste como colaborador. Solo el administrador de la cuenta puede autorizar aplicaciones.",
  },
  pt: {
    redirect_mismatch:
      "Desculpe, o aplicativo não pode se conectar: o callback do cliente deve coincidir com o parâmetro redirect_uri.",
    cannot_connect: "Desculpe, o aplicativo não pode se conectar à sua conta.",
    invalid_operator_user_id:
      "Você entrou como colaborador. Somente o administrador da conta pode autorizar aplicativos.",
  },
};

/** The page on which a seller lets the application in, in the language of the chosen seller's site. Works without JavaScript. */
export function consentPage(o: {
  client: Client;
  sellers: Seller[];
  chosen: Seller | undefined;
  query: URLSearchParams;
}): Page {
  const w = WORDS[languageOf(o.chosen?.siteId ?? "MLA")];
  return layout(
    w.lang,
    w.title,
    html`<h1><strong>${o.client.name}</strong> ${w.wants}</h1>
      <form method="post" action="/authorization">
        <input type="hidden" name="request" value="${o.query.toString()}" />
        <p class="quiet">${w.may}</p>
        <ul>
          ${w.scopes.map((scope) => html`<li>${scope}</li>`)}
        </ul>
        <fieldset>
          <legend>${w.account}</legend>
          <div class="sellers">
            ${o.sellers.map(
              (seller) => html`<label
                ><input type="radio" name="seller_id" value="${seller.id}" ${seller.id === o.chosen?.id ? raw("checked") : ""} />
                <span><b>${seller.nickname}</b><small>${placeOf(seller)}</small></span></label
              >`,
            )}
          </div>
        </fieldset>
        <div class="buttons">
          <button name="decision" value="allow" class="main">${w.allow}</button>
          <button name="decision" value="deny">${w.deny}</button>
        </div>
      </form>
      <p class="note">${w.note}</p>`,
  );
}

/** The page on which Mercado Libre says no by itself. */
export function refusalPage(problem: ConsentProblem, siteId: SiteId = "MLA"): Page {
  const language = languageOf(siteId);
  const w = WORDS[language];
  return layout(
    w.lang,
    w.title,
    html`<h1>${PROBLEMS[language][problem]}</h1>
      <p class="quiet"><code>${problem}</code></p>
      <p class="note">${w.note}</p>`,
  );
}

function languageOf(siteId: SiteId): "es" | "pt" {
  return SITES[siteId].language === "pt" ? "pt" : "es";
}

function placeOf(seller: Seller): string {
  const sites = seller.marketplaces.map((local) => local.siteId).join(", ");
  return seller.siteId === "CBT"
    ? `Global Selling · ${sites}`
    : `${SITES[seller.siteId].domain} · ${seller.city}`;
}

function layout(lang: string, title: string, body: Page): Page {
  return html`<!doctype html>
    <html lang="${lang}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <style>
          ${raw(STYLE)}
        </style>
      </head>
      <body>
        <header><b>mercado</b> <span>sandbox</span></header>
        <main>${body}</main>
      </body>
    </html>`;
}

const STYLE = `
:root { color-scheme: light dark; --bg: #f2f2f4; --card: #ffffff; --ink: #1d1f24; --quiet: #5c616b; --line: #dcdee3; --main: #2457c5; --on-main: #ffffff; --pick: #eaf0fd; --bar: #ffe168; }
@media (prefers-color-scheme: dark) { :root { --bg: #15171b; --card: #1e2126; --ink: #eceef2; --quiet: #a3a9b5; --line: #363b44; --main: #86aaf7; --on-main: #10131a; --pick: #26304a; --bar: #4a4213; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--bg); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
header { background: var(--bar); color: var(--ink); padding: 14px 24px; font-size: 18px; }
main { max-width: 480px; margin: 32px auto; padding: 28px; background: var(--card); border: 1px solid var(--line); border-radius: 12px; }
h1 { font-size: 21px; line-height: 1.35; margin: 0 0 16px; font-weight: 500; }
ul { margin: 4px 0 20px; padding-left: 20px; }
.quiet, small, .note { color: var(--quiet); }
p { margin: 0; }
fieldset { border: 0; padding: 0; margin: 0 0 20px; }
legend { font-weight: 600; padding: 0; margin-bottom: 8px; }
.sellers { max-height: 46vh; overflow: auto; border: 1px solid var(--line); border-radius: 8px; }
label { display: flex; gap: 12px; align-items: center; padding: 10px 14px; cursor: pointer; }
label + label { border-top: 1px solid var(--line); }
label:has(:checked) { background: var(--pick); }
label span { display: grid; }
input { accent-color: var(--main); width: 18px; height: 18px; flex: none; }
.buttons { display: flex; flex-wrap: wrap; gap: 12px; }
button { font: inherit; font-weight: 600; padding: 11px 22px; border-radius: 8px; border: 1px solid var(--line); background: transparent; color: inherit; cursor: pointer; }
.main { background: var(--main); border-color: var(--main); color: var(--on-main); }
button:focus-visible, input:focus-visible { outline: 3px solid var(--main); outline-offset: 2px; }
.note { margin-top: 20px; font-size: 13px; }
@media (max-width: 540px) { main { margin: 0; border: 0; border-radius: 0; padding: 20px; } }
`;
