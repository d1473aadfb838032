import { QueryClient } from "@tanstack/react-query";
import { ApiError } from "@/lib/client/api-error";

/** Is it worth asking again by itself? Only when no answer came, or the server says "later". Never after a refusal. */
export function shouldRetry(failures: number, error: unknown): boolean {
  if (!(error instanceof ApiError)) return false;
  const isPassing = error.code === "offline" || error.code === "slow_down" || error.code === "meli_down";
  return isPassing && failures < 2;
}

/** What our own store could not tell is asked for again at this pace, while somebody looks at the page: it comes by itself once
 *  our server is back. */
const AGAIN_MS = 5_000;

/** The pace of a query that failed for a reason that may pass: no answer, "later", or a fault of our server's. Never after a
 *  refusal, and not for what is read from Mercado Libre live. */
export function paceAfterError({ state }: { state: { status: string; error: unknown } }): number | false {
  const { status, error } = state;
  if (status !== "error" || !(error instanceof ApiError)) return false;
  const isFault = (error.detail.status ?? 0) >= 500;
  return isFault || shouldRetry(0, error) ? AGAIN_MS : false;
}

/** A client for one browser tab, or for one server rendering: never shared between requests. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { retry: shouldRetry, gcTime: 10 * 60_000, networkMode: "always" },
      // A mutation is repeated only by a person, or by the code that knows its idempotency key.
      mutations: { retry: false, networkMode: "always" },
    },
  });
}
