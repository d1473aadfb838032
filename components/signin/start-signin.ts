import * as z from "zod/mini";
import { failureOf } from "@/lib/client/api";
import { ApiError } from "@/lib/client/api-error";
import { withPatience } from "@/lib/client/with-patience";
import type { SiteId } from "@/lib/shared/sites";

const CsrfAnswer = z.object({ csrfToken: z.string() });
const StartAnswer = z.object({ url: z.string() });

/** Which consent to ask for. `connect` null: sign in; "1": a further account; an account id: renew that one. */
export interface SigninRequest {
  site: SiteId;
  connect: string | null;
}

/** Asks our server for Mercado Libre's consent page and goes there. Leaving by script rather than by posting the form
 *  keeps `form-action 'self'`: browsers apply it to redirects too. A server that is not there for a moment is asked again.
 *  @throws ApiError */
export async function startSignin(request: SigninRequest): Promise<void> {
  window.location.assign(await withPatience(() => consentPage(request)));
  await leftOrReturned();
}

/** Each asking makes a state of its own, and the last one counts. */
async function consentPage({ site, connect }: SigninRequest): Promise<string> {
  const { csrfToken } = await read(CsrfAnswer, "/api/auth/csrf");
  const query = new URLSearchParams({ site });
  if (connect !== null) query.set("connect", connect);
  const body = new URLSearchParams({
    csrfToken,
    callbackUrl: connect === null ? "/inbox" : "/settings",
    json: "true",
  });
  const { url } = await read(StartAnswer, `/api/auth/signin/mercadolibre?${query}`, { method: "POST", body });
  return url;
}

async function read<Schema extends z.ZodMiniType>(
  schema: Schema,
  path: string,
  init?: RequestInit,
): Promise<z.output<Schema>> {
  const answer = await fetch(path, init)
    .then(async (response) => ({ status: response.status, text: await response.text() }))
    .catch((cause: unknown) => {
      throw new ApiError("offline", {}, { cause });
    });
  const { status, text } = answer;
  if (status !== 200) throw failureOf(status, null);
  return z.parse(schema, JSON.parse(text));
}

/** The button stays busy until the page is gone, shown again by the back button, or nothing happened for long. */
function leftOrReturned(): Promise<void> {
  return new Promise((resolve) => {
    window.addEventListener("pageshow", () => resolve(), { once: true });
    setTimeout(resolve, 15_000);
  });
}
