import { QueryClient } from "@tanstack/react-query";
import { ApiError } from "@/lib/client/api-error";

/** Is it worth asking again by itself? Only when no answer came, or the server says "later". Never after a refusal. */
export function shouldRetry(failures: number, error: unknown): boolean {
  if (!(error instanceof ApiError)) return false;
  const isPassing = error.code === "offline" || error.code === "slow_down" || error.code === "meli_down";
  return isPassing && failures < 2;
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
