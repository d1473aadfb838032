import { en } from "./en";
import { es } from "./es";
import type { Locale } from "./locale";
import { pt } from "./pt";

/** All the words of one language: area -> key -> ICU message. The browser is given only the areas that its page needs. */
export type Words = typeof es;
export type Area = keyof Words;

export const WORDS: Readonly<Record<Locale, Words>> = { es, pt, en };
