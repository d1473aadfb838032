import { randomBytes } from "node:crypto";
import { type NextRequest, NextResponse } from "next/server";
import { cookieName, cookieOptions, openSession } from "@/lib/server/accounts/session-cookie";
import { type Env, env } from "@/lib/server/env";
import { isLocale } from "@/lib/shared/words/locale";

/** Every page passes here: it gets its nonce and its policy, and without a session cookie that we sealed nothing but the
 *  sign-in page answers. That the session has not been ended is checked by the page, in the database. */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  const settings = env();
  const nonce = randomBytes(16).toString("base64");
  const policy = contentPolicy(nonce);
  const response = await answer(request, settings, nonce, policy);
  response.headers.set("content-security-policy", policy);
  if (settings.isSecure) {
    response.headers.set("strict-transport-security", "max-age=31536000; includeSubDomains");
  }
  return response;
}

async function answer(
  request: NextRequest,
  settings: Env,
  nonce: string,
  policy: string,
): Promise<NextResponse> {
  const { pathname, searchParams } = request.nextUrl;
  const language = searchParams.get("lang");
  if (pathname === "/" && language !== null) return rememberLanguage(request, settings, language);

  const cookie = request.cookies.get(cookieName(settings, "session"))?.value;
  if (pathname !== "/" && (await openSession(settings, cookie)) === null) {
    return NextResponse.redirect(new URL("/", request.nextUrl), 307);
  }
  const headers = new Headers(request.headers);
  headers.set("x-nonce", nonce);
  headers.set("content-security-policy", policy);
  return NextResponse.next({ request: { headers } });
}

/** `/?lang=pt` keeps the choice in this browser and goes on without it; `auto` forgets it. */
function rememberLanguage(request: NextRequest, settings: Env, language: string): NextResponse {
  const onward = new URL(request.nextUrl);
  onward.searchParams.delete("lang");
  const response = NextResponse.redirect(onward, 307);
  const name = cookieName(settings, "locale");
  const options = cookieOptions(settings);
  if (isLocale(language)) response.cookies.set(name, language, { ...options, maxAge: 31_536_000 });
  else response.cookies.set(name, "", { ...options, maxAge: 0 });
  return response;
}

/** What a page may load and where it may send. Scripts only with this answer's nonce; pictures of listings only from
 *  Mercado Libre's own hosts. Sign-in leaves by a script, so no form of ours ever posts to another host. */
function contentPolicy(nonce: string): string {
  const isDev = process.env.NODE_ENV === "development";
  return [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${isDev ? " 'unsafe-eval'" : ""}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob: https://*.mlstatic.com",
    "font-src 'self'",
    `connect-src 'self'${isDev ? " ws:" : ""}`,
    "manifest-src 'self'",
    "worker-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "object-src 'none'",
  ].join("; ");
}

export const config = {
  // Not for our API (its headers stand in next.config.js; here its bodies would be copied in memory), nor for files
  // that anyone may have.
  matcher: [
    "/((?!api(?:/|$)|_next/static/|favicon\\.ico$|icon\\.svg$|apple-icon\\.png$|manifest\\.webmanifest$|sw\\.js$|icons/).*)",
  ],
};
