import { httpsOnly } from "@/lib/server/http/https-only";
import { readiness } from "@/lib/server/http/ready";

export const GET = httpsOnly(readiness);
