import { workAsyncStorage } from "next/dist/server/app-render/work-async-storage.external";
import { workUnitAsyncStorage } from "next/dist/server/app-render/work-unit-async-storage.external";
import { createRequestStoreForAPI } from "next/dist/server/async-storage/request-store";
import { createWorkStore } from "next/dist/server/async-storage/work-store";
import type { NextRequest } from "next/server";

/** Runs a handler inside a request as Next does, so that `cookies()` and `headers()` of next/headers answer in it. */
export function inRequestScope<T>(request: NextRequest, run: () => T): T {
  const { pathname, search } = request.nextUrl;
  const work = createWorkStore({
    page: `${pathname}/route`,
    buildId: "test",
    deploymentId: "",
    previouslyRevalidatedTags: [],
    renderOpts: {
      cacheComponents: false,
      cacheLifeProfiles: { default: { stale: 0, revalidate: 0, expire: 0 } },
      experimental: {
        isRoutePPREnabled: false,
        authInterrupts: false,
        useCacheTimeout: 50,
        durableUseCacheEntries: false,
      },
      staticPageGenerationTimeout: 60,
      validationLevel: "warning",
      waitUntil: undefined,
      onClose: () => undefined,
      onAfterTaskError: undefined,
    },
  });
  const tags = { tags: [], expirationsByCacheKind: new Map() };
  const store = createRequestStoreForAPI(
    request,
    { pathname, search },
    tags,
    undefined,
    undefined,
    undefined,
  );
  return workAsyncStorage.run(work, () => workUnitAsyncStorage.run(store, run));
}
