import { judge } from "@/sandbox/messages/moderation";
import type { Profile } from "@/sandbox/messages/refuse";
import { lengthOf } from "@/sandbox/messages/text-rules";
import { jsonBody } from "@/sandbox/questions/json-body";
import type { Question } from "@/sandbox/questions/model";
import { noQuestion, notUnanswered, notYours } from "@/sandbox/questions/refuse";
import { tellQuestion } from "@/sandbox/questions/tell-change";
import { later, settleQuestion } from "@/sandbox/questions/time";
import { wireAnswered } from "@/sandbox/questions/wire";
import type { ApiContext } from "@/sandbox/world/guard";
import { standard } from "@/sandbox/world/refusal";
import type { World } from "@/sandbox/world/world";

/** questions-and-contacts.md 1.4 and 3: both profiles. */
export const MAX_LENGTH = 2_000;

/** `POST /answers`: one answer per question, of an active listing, by its owner (questions-and-contacts.md 1.3, 1.4).
 *  @throws Refusal as listed in 1.4 */
export async function postAnswer(world: World, c: ApiContext, profile: Profile): Promise<Response> {
  const keys = ["question_id", "text", ...(profile === "GLOBAL" ? ["text_translated"] : [])];
  const body = await jsonBody(c, keys);
  const question = answerable(world, c, body.question_id);
  const text = textOf(world, body.text);
  const translated = body.text_translated === undefined ? null : textOf(world, body.text_translated);
  writeAnswer(world, question, text, translated);
  return c.json(wireAnswered(world, question, profile), world.settings.answerStatus);
}

/** Puts the answer in, from whichever client; moderation looks at it afterwards (questions-and-contacts.md 1.4, 9). */
export function writeAnswer(world: World, question: Question, text: string, translated: string | null): void {
  const now = world.now();
  question.answer = { text, textTranslated: translated, status: "ACTIVE", createdAt: now };
  question.status = "ANSWERED";
  question.updatedAt = now;
  const subgroup = subgroupOf(world, text);
  const { answerModerationMs } = world.settings;
  if (subgroup && answerModerationMs !== null) {
    const at = new Date(now.getTime() + answerModerationMs);
    later(world, question, { kind: "ban_answer", subgroup, at });
  }
  tellQuestion(world, question);
}

/** The subgroup that moderation would ban this text for, or null (questions-and-contacts.md 1.4, 1.6). */
export function subgroupOf(world: World, text: string): string | null {
  if (/\bhttps?:\/\/|\bwww\./i.test(text)) return "LINKS";
  const reason = judge(world, text);
  if (reason === null) return null;
  if (reason === "PERSONAL_DATA") return "CONTACT_DATA";
  return /LINK/.test(reason) ? "LINKS" : "OFFENSIVE_LANGUAGE";
}

function answerable(world: World, c: ApiContext, id: unknown): Question {
  // questions-and-contacts.md 1.4: not an integer, or unknown
  const invalid = () => standard(400, "invalid_question", `Invalid question ${String(id)}`);
  if (typeof id !== "number" || !Number.isInteger(id)) throw invalid();
  if (world.goneQuestions.has(String(id))) throw noQuestion(String(id));
  const question = world.questions.get(String(id));
  if (!question) throw invalid();
  if (!settleQuestion(world, question)) throw noQuestion(question.id);
  if (question.sellerId !== c.var.seller.id) throw notYours(world);
  // on hold counts as not answerable (questions-and-contacts.md 1.3, 1.4)
  if (question.status !== "UNANSWERED" || question.isOnHold) {
    throw notUnanswered(`Question ${question.id} is not unanswered`);
  }
  if (question.item.status !== "active") {
    throw standard(400, "not_active_item", `The item ${question.item.id} must be active`);
  }
  return question;
}

function textOf(world: World, value: unknown): string {
  const { answerTextError, answerLengthIn } = world.settings;
  const text = typeof value === "string" ? value : "";
  const length = lengthOf(text, answerLengthIn);
  if (text.trim() === "" || length > MAX_LENGTH) {
    throw standard(400, answerTextError, `The text must have 1 to ${MAX_LENGTH} characters`);
  }
  return text;
}
