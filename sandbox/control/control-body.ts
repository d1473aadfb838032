import type { Context } from "hono";
import type { z } from "zod";
import type { Thread } from "@/sandbox/world/model";
import { Refusal } from "@/sandbox/world/refusal";
import type { World } from "@/sandbox/world/world";

/** The body as `schema` wants it; an absent body counts as `{}`. @throws ZodError, SyntaxError */
export async function read<T extends z.ZodType>(c: Context, schema: T): Promise<z.infer<T>> {
  const text = await c.req.text();
  return schema.parse(text === "" ? {} : JSON.parse(text));
}

/** @throws Refusal 404 */
export function threadAt(world: World, packId: string): Thread {
  const thread = world.threads.get(packId);
  if (!thread) throw missing("thread", packId);
  return thread;
}

export function missing(what: string, id: string): Refusal {
  return new Refusal(404, { error: `no such ${what} ${id}`.trim() });
}
