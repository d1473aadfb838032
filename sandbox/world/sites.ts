/** The sites the simulator knows, with what a believable sale there needs (auth-and-limits.md 2). */
export const SITES = {
  MLA: site("AR", "ARS", "es", -3, "mercadolibre.com.ar", 2),
  MLB: site("BR", "BRL", "pt", -3, "mercadolivre.com.br", 2),
  MLM: site("MX", "MXN", "es", -6, "mercadolibre.com.mx", 2),
  MLC: site("CL", "CLP", "es", -3, "mercadolibre.cl", 0),
  MCO: site("CO", "COP", "es", -5, "mercadolibre.com.co", 0),
  MLU: site("UY", "UYU", "es", -3, "mercadolibre.com.uy", 2),
  MPE: site("PE", "PEN", "es", -5, "mercadolibre.com.pe", 2),
  MEC: site("EC", "USD", "es", -5, "mercadolibre.com.ec", 2),
  MLV: site("VE", "USD", "es", -4, "mercadolibre.com.ve", 2),
  MCR: site("CR", "CRC", "es", -6, "mercadolibre.co.cr", 2),
  MPA: site("PA", "USD", "es", -5, "mercadolibre.com.pa", 2),
  MRD: site("DO", "DOP", "es", -4, "mercadolibre.com.do", 2),
  CBT: site("US", "USD", "en", -5, "global-selling.mercadolibre.com", 2),
} as const;

export type SiteId = keyof typeof SITES;
export type Language = "es" | "pt" | "en";

export interface Site {
  country: string;
  currency: string;
  language: Language;
  /** Hours from UTC; enough for a business calendar of days (messages.md 4.2 states no time zone). */
  utcOffset: number;
  domain: string;
  decimals: number;
}

/** Messaging agents by site; MLU's row is labelled "others" in the table (messages.md 4.3). */
const AGENTS: Partial<Record<SiteId, string>> = {
  MLA: "3037674934",
  MLB: "3037675074",
  MLC: "3020819166",
  MCO: "3037204123",
  MLM: "3037204279",
  MLU: "3037204685",
};

/** The agent that stands between the parties on an agent thread of this site (messages.md 4.3). */
export function agentOf(siteId: SiteId): string {
  return AGENTS[siteId] ?? "3037204685";
}

/** Whether Mercado Libre has such a site. */
export function isSiteId(value: string): value is SiteId {
  return Object.hasOwn(SITES, value);
}

function site(
  country: string,
  currency: string,
  language: Language,
  utcOffset: number,
  domain: string,
  decimals: number,
): Site {
  return { country, currency, language, utcOffset, domain, decimals };
}
