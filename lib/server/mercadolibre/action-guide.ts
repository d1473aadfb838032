import "server-only";
import type { GuideChoice } from "@/lib/shared/api/thread";
import { type GuideReason, guideAnswer, guideCaps, guideReasons } from "./action-guide-wire";
import { MeliError } from "./failure";
import type { Meli } from "./http";
import { GUIDE } from "./paths";

export type { GuideReason } from "./action-guide-wire";

/** 3.2: an option that is not listed is not offered; a list that could not be had says nothing. */
const NO_CAPS: ReadonlyMap<string, number | null> = new Map();

/**
 * The reasons that a conversation can be begun with now, each with the uses that are left. Two reads; marks nothing read.
 * LOCAL only (messages.md 3.1, 3.2; no such path is known for GLOBAL).
 * @throws MeliError: `guideRefusalOf` says what a refusal means
 */
export async function readGuideReasons(meli: Meli, o: { packId: string }): Promise<GuideReason[]> {
  const [reasons, caps] = await Promise.all([
    meli.wire.read(GUIDE.options(o.packId), guideReasons),
    readCaps(meli, o.packId),
  ]);
  return reasons.map((reason) => withCap(reason, caps));
}

async function readCaps(meli: Meli, packId: string): Promise<ReadonlyMap<string, number | null>> {
  const route = GUIDE.caps(packId);
  try {
    return await meli.wire.read(route, guideCaps);
  } catch (error) {
    if (!(error instanceof MeliError) || error.failure.status === 401) throw error;
    // The options carry a number of their own, and the send itself is refused when none is left.
    meli.wire.odd(route, { uses: "unknown", status: error.failure.status });
    return NO_CAPS;
  }
}

function withCap(reason: GuideReason, caps: ReadonlyMap<string, number | null>): GuideReason {
  if (caps.size === 0) return reason;
  if (!caps.has(reason.id)) return { ...reason, isEnabled: false };
  return { ...reason, left: caps.get(reason.id) ?? reason.left };
}

/**
 * Begins a conversation under a reason: with a template (its text is Mercado Libre's) or with a text. NOT idempotent and
 * never retried: only the outbox may call it (messages.md 3.3). A 2xx can be a moderated message.
 * @throws MeliError: `guideRefusalOf` says what a refusal means
 */
export async function beginConversation(
  meli: Meli,
  o: { packId: string; choice: GuideChoice; text: string },
): Promise<{
  messageId: string | null;
  /** What was sent. */
  text: string | null;
  status: string | null;
  moderation: { status: string; reason: string | null } | null;
}> {
  const { optionId, templateId, vars } = o.choice;
  const json = JSON.stringify({
    option_id: optionId,
    ...(templateId === null
      ? { text: o.text }
      : { template_id: templateId, ...(vars.length === 0 ? {} : { vars }) }),
  });
  return await meli.wire.write(GUIDE.begin(o.packId), () => json, guideAnswer);
}
