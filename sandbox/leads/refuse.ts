import { Refusal } from "@/sandbox/world/refusal";

/** Contacts and single leads: `{code, message}` (auth-and-limits.md 7.1, questions-and-contacts.md 4). */
export function visRefusal(status: number, code: string, message: string): Refusal {
  return new Refusal(status, { code, message });
}

/** 400 in that envelope. */
export function badRequest(message: string): Refusal {
  return visRefusal(400, "bad_request", message);
}

/** Another seller's listing, lead or list (questions-and-contacts.md 4.2). */
export function wrongCaller(): Refusal {
  return visRefusal(403, "forbidden", "invalid token caller");
}

/** 400 of the list of leads, whose envelope is the standard one (questions-and-contacts.md 4.2). */
export function searchRefusal(message: string, cause: string): Refusal {
  return new Refusal(400, { message, error: "bad_request", status: 400, cause: [cause] });
}
