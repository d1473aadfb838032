import "server-only";
import { addressed } from "@/lib/shared/question/chain";
import type { Thread } from "@/lib/shared/thread";

/** Which question of a chain a draft, a composer or an act is about: that of the address, else the one its row leads to.
 *  Empty on other channels. Pure. */
export function aboutOf({ channel, chain, asked }: Pick<Thread, "channel" | "chain" | "asked">): string {
  if (channel !== "questions") return "";
  return asked ?? addressed(chain?.questions ?? [])?.id ?? "";
}
