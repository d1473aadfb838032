import { Refusal, standard } from "@/sandbox/world/refusal";
import type { World } from "@/sandbox/world/world";

export type Profile = "LOCAL" | "GLOBAL";

/** A refusal of the messaging resource in one of the forms of messages.md 7; GLOBAL prints form B (messages.md 5). */
export function messageRefusal(
  world: World,
  profile: Profile,
  status: number,
  code: string,
  message: string,
): Refusal {
  const form = profile === "GLOBAL" ? "B" : world.settings.messageErrorForm;
  if (form === "B") return standard(status, code, message);
  if (form === "D") return new Refusal(status, { status_code: status, message });
  if (form === "F") return new Refusal(status, message);
  return new Refusal(status, { status_code: status, code, message });
}

/** A refusal of the action guide, form C (messages.md 3.3). */
export function guideRefusal(status: number, error: string, message: string, cause = error): Refusal {
  return new Refusal(status, { cause, error, message, status_code: status });
}

/** "Model 6" sellers, and a profile that the account does not have (messages.md 5). */
export function forbidden(): Refusal {
  return standard(403, "Forbidden", "Forbidden");
}
