export type SiteId =
  | "MLA"
  | "MLB"
  | "MLM"
  | "MLC"
  | "MCO"
  | "MLU"
  | "MPE"
  | "MEC"
  | "MLV"
  | "MCR"
  | "MPA"
  | "MRD"
  | "CBT";

export interface Site {
  /** ISO 3166 code; null for Global Selling, which belongs to no country. */
  country: string | null;
  authorizationHost: string;
  /** How people and prices are written there. */
  locale: string;
  timeZone: string;
  currency: string;
}

/** Every site an account can belong to, with its authorization host (auth-and-limits.md 2). */
export const SITES: Readonly<Record<SiteId, Site>> = {
  MLA: {
    country: "AR",
    authorizationHost: "https://auth.mercadolibre.com.ar",
    locale: "es-AR",
    timeZone: "America/Argentina/Buenos_Aires",
    currency: "ARS",
  },
  MLB: {
    country: "BR",
    authorizationHost: "https://auth.mercadolivre.com.br",
    locale: "pt-BR",
    timeZone: "America/Sao_Paulo",
    currency: "BRL",
  },
  MLM: {
    country: "MX",
    authorizationHost: "https://auth.mercadolibre.com.mx",
    locale: "es-MX",
    timeZone: "America/Mexico_City",
    currency: "MXN",
  },
  MLC: {
    country: "CL",
    authorizationHost: "https://auth.mercadolibre.cl",
    locale: "es-CL",
    timeZone: "America/Santiago",
    currency: "CLP",
  },
  MCO: {
    country: "CO",
    authorizationHost: "https://auth.mercadolibre.com.co",
    locale: "es-CO",
    timeZone: "America/Bogota",
    currency: "COP",
  },
  MLU: {
    country: "UY",
    authorizationHost: "https://auth.mercadolibre.com.uy",
    locale: "es-UY",
    timeZone: "America/Montevideo",
    currency: "UYU",
  },
  MPE: {
    country: "PE",
    authorizationHost: "https://auth.mercadolibre.com.pe",
    locale: "es-PE",
    timeZone: "America/Lima",
    currency: "PEN",
  },
  MEC: {
    country: "EC",
    authorizationHost: "https://auth.mercadolibre.com.ec",
    locale: "es-EC",
    timeZone: "America/Guayaquil",
    currency: "USD",
  },
  MLV: {
    country: "VE",
    authorizationHost: "https://auth.mercadolibre.com.ve",
    locale: "es-VE",
    timeZone: "America/Caracas",
    currency: "VES",
  },
  MCR: {
    country: "CR",
    authorizationHost: "https://auth.mercadolibre.com.cr",
    locale: "es-CR",
    timeZone: "America/Costa_Rica",
    currency: "CRC",
  },
  MPA: {
    country: "PA",
    authorizationHost: "https://auth.mercadolibre.com.pa",
    locale: "es-PA",
    timeZone: "America/Panama",
    currency: "USD",
  },
  MRD: {
    country: "DO",
    authorizationHost: "https://auth.mercadolibre.com.do",
    locale: "es-DO",
    timeZone: "America/Santo_Domingo",
    currency: "DOP",
  },
  CBT: {
    country: null,
    authorizationHost: "https://global-selling.mercadolibre.com",
    locale: "en-US",
    timeZone: "UTC",
    currency: "USD",
  },
};

export const SITE_IDS = Object.keys(SITES).filter((id): id is SiteId => Object.hasOwn(SITES, id));

/** Whether a string off the wire names a site we know. Sites we don't know are shown by their code. */
export function isSiteId(value: string): value is SiteId {
  return Object.hasOwn(SITES, value);
}

/** Which of Mercado Libre's two protocols an account speaks: Global Selling accounts have `site_id` CBT (auth-and-limits.md 5). */
export type Profile = "LOCAL" | "GLOBAL";

export function profileOf(siteId: string): Profile {
  return siteId === "CBT" ? "GLOBAL" : "LOCAL";
}
