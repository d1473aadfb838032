import "server-only";
import { AppError } from "@/lib/shared/errors";

const SAFE = new Set(["GET", "HEAD", "OPTIONS"]);

/** Every request that can change something must come from our own pages. Browsers say so in `Sec-Fetch-Site` or
 *  `Origin`. A request with neither is not a browser's and carries nobody's cookie without their knowledge; it is
 *  refused all the same, because our API has no other callers. @throws AppError bad_origin */
export function assertSameOrigin(request: Request, appUrl: string): void {
  if (SAFE.has(request.method)) return;
  const origin = request.headers.get("origin");
  const site = request.headers.get("sec-fetch-site");
  const isOriginOurs = origin === null ? null : origin === appUrl;
  const isSiteOurs = site === null ? null : site === "same-origin";
  if (isOriginOurs === false || isSiteOurs === false || (isOriginOurs === null && isSiteOurs === null)) {
    throw new AppError("bad_origin", "a request from elsewhere", { reason: "origin" });
  }
}
