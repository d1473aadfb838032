/** The languages Buzón speaks, the default first. */
export const LOCALES = ["es", "pt", "en"] as const;
export type Locale = (typeof LOCALES)[number];

export const DEFAULT_LOCALE: Locale = "es";

export function isLocale(value: string): value is Locale {
  return LOCALES.some((locale) => locale === value);
}

/** The language tags of an Accept-Language header, the most wanted first, such as `["es-AR", "es", "en"]`. Never throws. */
export function wantedLanguages(header: string | null): string[] {
  const entries = (header ?? "")
    .slice(0, 500)
    .split(",")
    .flatMap((part, index) => {
      const [tag = "", ...parameters] = part.trim().split(";");
      if (!/^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$/.test(tag)) return [];
      const quality = parameters
        .map((parameter) => parameter.trim())
        .find((parameter) => parameter.startsWith("q="));
      const weight = quality === undefined ? 1 : Number(quality.slice(2));
      return weight > 0 ? [{ tag, weight, index }] : [];
    });
  return entries.sort((a, b) => b.weight - a.weight || a.index - b.index).map(({ tag }) => tag);
}

/** The first of our languages that the header asks for, else Spanish (design.md 3). */
export function localeOf(acceptLanguage: string | null): Locale {
  for (const tag of wantedLanguages(acceptLanguage)) {
    const language = tag.split("-")[0]?.toLowerCase() ?? "";
    if (isLocale(language)) return language;
  }
  return DEFAULT_LOCALE;
}

/** Each language in its own words: a reader who does not know the current one finds theirs. */
export const LOCALE_NAMES: Readonly<Record<Locale, string>> = {
  es: "Español",
  pt: "Português",
  en: "English",
};

/** The tag for `<html lang>` and for formats: Portuguese is Brazil's. */
export const LANGUAGE_TAGS: Readonly<Record<Locale, string>> = { es: "es", pt: "pt-BR", en: "en" };
