import "server-only";
import type { Session } from "@/lib/server/accounts/current-session";
import { AppError, STATUS_OF } from "@/lib/shared/errors";
import { LANGUAGE_TAGS, localeOf } from "@/lib/shared/words/locale";
import { WORDS } from "@/lib/shared/words/words";
import type { ThreadAddress } from "./find-thread";

/** Does a person's browser want to show the answer as a page: a link in a new tab, an address typed by hand? */
export function isNavigation(request: Request): boolean {
  const { headers } = request;
  return headers.get("sec-fetch-mode") === "navigate" && (headers.get("accept") ?? "").includes("text/html");
}

/** Says in words why a link to a file led nowhere, with the way back. Its status is that of the failure, so that nothing is
 *  saved under the file's name. Rethrows what nobody needs words for. */
export function failurePage(
  session: Session,
  address: ThreadAddress,
  request: Request,
  error: unknown,
): Response {
  if (!(error instanceof AppError) || error.code === "bug") throw error;
  const locale = session.settings.locale ?? localeOf(request.headers.get("accept-language"));
  const { errors, files } = WORDS[locale];
  const isGone = error.detail.reason === "file_gone";
  const title = isGone ? files.problem.gone.title : files.problem.failed.title;
  const body = isGone ? files.problem.gone.body : errors[error.code];
  const back = `/inbox/${address.channel}/${address.externalId}`;
  const html = `<!doctype html>
<html lang="${LANGUAGE_TAGS[locale]}"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escaped(title)}</title><h1>${escaped(title)}</h1><p>${escaped(body)}</p>
<p><a href="${escaped(back)}">${escaped(files.page.back)}</a></p></html>`;
  return new Response(html, {
    status: STATUS_OF[error.code],
    headers: { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" },
  });
}

const escaped = (text: string) => text.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);
