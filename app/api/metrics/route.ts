import { httpsOnly } from "@/lib/server/http/https-only";
import { metricsResponse } from "@/lib/server/metrics/expose";

export const GET = httpsOnly(metricsResponse);
