import "server-only";
import { env } from "@/lib/server/env";

/** A browser that was here once asks for https only. */
const HSTS = "max-age=31536000; includeSubDomains";

/** Tells browsers so on this answer, if our public address is https. */
export function sayHttpsOnly(response: Response): void {
  if (env().isSecure) response.headers.set("strict-transport-security", HSTS);
}

/** The same for every answer of a handler that is not made by `route`. */
export function httpsOnly<Args extends unknown[]>(handle: (...args: Args) => Response | Promise<Response>) {
  return async (...args: Args): Promise<Response> => {
    const response = await handle(...args);
    sayHttpsOnly(response);
    return response;
  };
}
