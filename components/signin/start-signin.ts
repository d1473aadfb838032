import * as z from "zod/mini";
import type { SiteId } from "@/lib/shared/sites";

const CsrfAnswer = z.object({ csrfToken: z.string() });
const StartAnswer = z.object({ url: z.string() });

/** Which consent to ask for. `connect` null: sign in; "1": a further account; an account id: renew that one. */
export interface SigninRequest {
  site: SiteId;
  connect: string | null;
}

/** Asks our server for Mercado Libre's consent page and goes there. Leaving by script rather than by posting the form
 *  keeps `form-action 'self'`: browsers apply it to redirects too. Throws when our server does not answer. */
export async function startSignin({ site, connect }: SigninRequest): Promise<void> {
  const { csrfToken } = await readJson(CsrfAnswer, await fetch("/api/auth/csrf"));
  const query = new URLSearchParams({ site });
  if (connect !== null) query.set("connect", connect);
  const body = new URLSearchParams({
    csrfToken,
    callbackUrl: connect === null ? "/inbox" : "/settings",
    json: "true",
  });
  const answer = await fetch(`/api/auth/signin/mercadolibre?${query}`, { method: "POST", body });
  const { url } = await readJson(StartAnswer, answer);
  window.location.assign(url);
  await leftOrReturned();
}

async function readJson<Schema extends z.ZodMiniType>(
  schema: Schema,
  response: Response,
): Promise<z.output<Schema>> {
  if (!response.ok) throw new Error(`sign-in could not start: ${response.status}`);
  return z.parse(schema, await response.json());
}

/** The button stays busy until the page is gone, shown again by the back button, or nothing happened for long. */
function leftOrReturned(): Promise<void> {
  return new Promise((resolve) => {
    window.addEventListener("pageshow", () => resolve(), { once: true });
    setTimeout(resolve, 15_000);
  });
}
