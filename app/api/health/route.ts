import { httpsOnly } from "@/lib/server/http/https-only";

/** The process is up. Says nothing of the database: that is `/api/ready`. */
export const GET = httpsOnly(() => Response.json({ ok: true }, { headers: { "cache-control": "no-store" } }));
