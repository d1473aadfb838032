import { invalidBody } from "@/sandbox/questions/refuse";
import type { ApiContext } from "@/sandbox/world/guard";

/** A JSON object with no other keys than these. @throws Refusal 400 `invalid_post_body` (questions-and-contacts.md 1.4) */
export async function jsonBody(c: ApiContext, keys: readonly string[]): Promise<Record<string, unknown>> {
  const read = await c.req.json<unknown>().catch(() => null);
  if (typeof read !== "object" || read === null || Array.isArray(read)) throw invalidBody(keys);
  const entries = Object.entries(read);
  if (entries.some(([name]) => !keys.includes(name))) throw invalidBody(keys);
  return Object.fromEntries(entries);
}
