import "server-only";

/** The language a person picked on the sign-in page of this browser, before we know who they are. */
export function localeCookieName(isSecure: boolean): string {
  return isSecure ? "__Host-buzon.locale" : "buzon.locale";
}
