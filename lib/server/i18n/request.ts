import "server-only";
import { cookies, headers } from "next/headers";
import { getRequestConfig } from "next-intl/server";
import { currentSession } from "@/lib/server/accounts/current-session";
import { cookieName } from "@/lib/server/accounts/session-cookie";
import { env } from "@/lib/server/env";
import { isLocale, type Locale, localeOf } from "@/lib/shared/words/locale";
import { WORDS } from "@/lib/shared/words/words";

/** The language of this request: the user's setting, else what was picked on the sign-in page of this browser, else
 *  Accept-Language, else Spanish (design.md 3). */
async function requestLocale(): Promise<Locale> {
  const session = await currentSession();
  if (session !== null && session.settings.locale !== null) return session.settings.locale;
  const picked = (await cookies()).get(cookieName(env(), "locale"))?.value;
  if (picked !== undefined && isLocale(picked)) return picked;
  return localeOf((await headers()).get("accept-language"));
}

export default getRequestConfig(async () => {
  const locale = await requestLocale();
  // Times are formatted where the seller's zone is known; messages themselves hold none.
  return { locale, messages: WORDS[locale], timeZone: "UTC" };
});
