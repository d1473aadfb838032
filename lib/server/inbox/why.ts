import "server-only";
import { withAccount } from "@/lib/server/account-context";
import type { Session } from "@/lib/server/accounts/current-session";
import { readInfractions } from "@/lib/server/mercadolibre/infractions";
import { runtime } from "@/lib/server/runtime";
import type { WhyView } from "@/lib/shared/api/question";
import { htmlToText } from "@/lib/shared/html-text";
import { aboutOf } from "./about";
import { requireThread } from "./find-thread";
import type { QuestionAddress } from "./question-acts";

/** Mercado Libre tells of infractions in these, and in English (questions-and-contacts.md 1.6). */
const LANGUAGES = { es: "ES", pt: "PT", en: null } as const;

/** Why Mercado Libre took the question in the address, or its answer, away: what it says of it, as plain text in the user's
 *  language. A live read. @throws AppError not_found, account_disconnected, slow_down, meli_down */
export async function readWhy(session: Session, address: QuestionAddress): Promise<WhyView> {
  const rt = runtime();
  const thread = await requireThread(session, { channel: "questions", ...address });
  const found = await withAccount(rt, thread.accountId, "open", (ctx) =>
    readInfractions(ctx.meli, {
      userId: thread.sellerId,
      elementType: "QUE",
      elementId: aboutOf(thread),
      language: LANGUAGES[session.settings.locale ?? "es"],
    }),
  );
  return {
    infractions: found.map(({ id, createdAt, subgroup, reason, remedy }) => ({
      id,
      at: createdAt,
      subgroup,
      reason: htmlToText(reason),
      remedy: htmlToText(remedy),
    })),
  };
}
