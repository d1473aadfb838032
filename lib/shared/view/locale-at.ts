import { isSiteId, SITES } from "@/lib/shared/sites";

/** How prices are written for a reader of `language` at a site: the site's own way where it is of the same language, so
 *  that an Argentine seller reads `$ 48.990`, as at Mercado Libre. */
export function localeAt(language: string, siteId: string): string {
  const local = isSiteId(siteId) ? SITES[siteId].locale : null;
  if (local?.startsWith(language)) return local;
  return { es: "es-AR", pt: "pt-BR" }[language] ?? language;
}
