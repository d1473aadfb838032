import type { Locale } from "./locale";
import type { Words } from "./words";

/** Keys of words are checked by the compiler wherever they are used. */
declare module "next-intl" {
  interface AppConfig {
    Locale: Locale;
    Messages: Words;
  }
}
