import type { ErrorForm } from "@/sandbox/world/message-settings";
import { Refusal, standard } from "@/sandbox/world/refusal";
import type { World } from "@/sandbox/world/world";

export type Profile = "LOCAL" | "GLOBAL";

/** One refusal before it has a form: `cause` may say more than `code` does. */
interface Reason {
  status: number;
  code: string;
  message: string;
  cause?: string;
}

/** A refusal of the messaging resource in the form that the settings choose (messages.md 7). */
export function messageRefusal(
  world: World,
  profile: Profile,
  status: number,
  code: string,
  message: string,
): Refusal {
  const { messageErrorForm, globalErrorForm } = world.settings;
  return refusal(profile === "GLOBAL" ? globalErrorForm : messageErrorForm, { status, code, message });
}

/** 403 of a blocked conversation: the substatus stands as message, or where the settings say (messages.md 2.3, 7, 8). */
export function blockedRefusal(world: World, profile: Profile, message: string, substatus: string): Refusal {
  const { messageErrorForm, globalErrorForm, blockedForm, blockCodeAt } = world.settings;
  const form = profile === "GLOBAL" ? globalErrorForm : messageErrorForm;
  const made = refusal(form, { status: 403, code: "forbidden", message });
  const hasFields = form !== "E" && form !== "F";
  if (blockedForm !== "substatus" || blockCodeAt === "message" || !hasFields) return made;
  const text = "The conversation is blocked";
  const here = refusal(form, { status: 403, code: "forbidden", message: text }).body;
  const field = {
    code: { code: substatus },
    error: { error: substatus },
    cause: { cause: substatus },
    cause_list: { cause: [{ code: substatus, message: text }] },
  }[blockCodeAt];
  return new Refusal(403, { ...Object(here), ...field });
}

/** A refusal of the action guide: form C unless the settings choose another (messages.md 3.3). */
export function guideRefusal(world: World, reason: Reason): Refusal {
  return refusal(world.settings.guideErrorForm, reason);
}

/** "Model 6" sellers, and a profile that the account does not have (messages.md 5). */
export function forbidden(): Refusal {
  return standard(403, "Forbidden", "Forbidden");
}

/** messages.md 7, "Error body forms". */
function refusal(form: ErrorForm, reason: Reason): Refusal {
  const { status, code, message, cause = code } = reason;
  switch (form) {
    case "B":
      return standard(status, code, message, cause === code ? [] : [{ code: cause, message }]);
    case "C":
      return new Refusal(status, { cause, error: code, message, status_code: status });
    case "D":
      return new Refusal(status, { status_code: status, message });
    case "E":
      return status === 403
        ? new Refusal(403, {
            message: "At least one policy returned UNAUTHORIZED.",
            code: "PA_UNAUTHORIZED_RESULT_FROM_POLICIES",
            status: 403,
            blocked_by: "PolicyAgent",
          })
        : new Refusal(status, { status_code: status, code: cause, message });
    case "F":
      return new Refusal(status, message);
    default:
      return new Refusal(status, { status_code: status, code: cause, message });
  }
}
