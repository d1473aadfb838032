import { isSiteId, SITE_IDS, SITES, type SiteId } from "@/lib/shared/sites";

export interface SiteOption {
  id: SiteId;
  name: string;
}

/** Every country Mercado Libre authorises in, by name in the reader's language; Global Selling last. */
export function siteOptions(languageTag: string, globalSelling: string): SiteOption[] {
  const names = new Intl.DisplayNames([languageTag], { type: "region" });
  const countries = SITE_IDS.flatMap((id) => {
    const { country } = SITES[id];
    return country === null ? [] : [{ id, name: names.of(country) ?? country }];
  });
  countries.sort((a, b) => a.name.localeCompare(b.name, languageTag));
  return [...countries, { id: "CBT", name: globalSelling }];
}

/** The site to offer first: the country that the browser's languages name, else Brazil for Portuguese, Argentina for
 *  Spanish, and Global Selling for everybody else. */
export function likelySite(languages: readonly string[]): SiteId {
  for (const tag of languages) {
    const region = tag.split("-").at(-1)?.toUpperCase();
    const site = SITE_IDS.find((id) => SITES[id].country !== null && SITES[id].country === region);
    if (site !== undefined) return site;
  }
  for (const tag of languages) {
    const language = tag.split("-")[0]?.toLowerCase();
    if (language === "pt") return "MLB";
    if (language === "es") return "MLA";
  }
  return languages.length === 0 ? "MLA" : "CBT";
}

/** The site that a form field names, or null. */
export function siteOfField(value: FormDataEntryValue | null): SiteId | null {
  return typeof value === "string" && isSiteId(value) ? value : null;
}
