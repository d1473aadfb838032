import type { PendingQuestionAct, Question } from "@/sandbox/questions/model";
import { recordInfraction } from "@/sandbox/questions/record-infraction";
import { tellChange } from "@/sandbox/questions/tell-change";
import type { World } from "@/sandbox/world/world";

/** Puts something off: done when its moment comes, or by whoever reads the question after it. */
export function later(world: World, question: Question, act: PendingQuestionAct): void {
  question.pending.push(act);
  const ms = Math.max(0, act.at.getTime() - world.now().getTime());
  world.schedule.later(ms, async () => world.onQuestionDue(question));
}

/** Lets what is due take effect: every read does this first. False: the platform has removed the question, unanswered for
 *  seven months (questions-and-contacts.md 1.3). */
export function settleQuestion(world: World, question: Question): boolean {
  const now = world.now();
  for (;;) {
    const next = question.pending.toSorted((a, b) => a.at.getTime() - b.at.getTime())[0];
    if (!next || next.at > now) break;
    question.pending.splice(question.pending.indexOf(next), 1);
    happen(world, question, next);
  }
  if (question.status !== "UNANSWERED" || purgeAt(world, question) > now) return true;
  world.dropQuestion(question);
  return false;
}

/** When an unanswered question is removed. */
export function purgeAt(world: World, question: Question): Date {
  const at = new Date(question.createdAt);
  at.setUTCMonth(at.getUTCMonth() + world.settings.questionPurgeMonths);
  return at;
}

/** Takes a question, or its answer, out of sight; the infraction tells why (questions-and-contacts.md 1.6). Whoever calls
 *  says whether anybody hears of it. */
export function ban(
  world: World,
  question: Question,
  o: { part: "question" | "answer"; subgroup: string; at: Date },
): void {
  if (o.part === "question") question.status = "BANNED";
  else if (question.answer) question.answer.status = "BANNED";
  else return;
  question.updatedAt = o.at;
  recordInfraction(world, question, o.subgroup, o.at);
}

function happen(world: World, question: Question, { kind, subgroup, at }: PendingQuestionAct): void {
  switch (kind) {
    case "ban_answer":
      if (question.answer?.status !== "ACTIVE") return;
      ban(world, question, { part: "answer", subgroup: subgroup ?? "LINKS", at });
      break;
    case "ban_question":
      if (question.status === "DELETED") return;
      ban(world, question, { part: "question", subgroup: subgroup ?? "LINKS", at });
      break;
    case "release":
      // questions-and-contacts.md 1.3: UNDER_REVIEW -> UNANSWERED
      if (question.status === "UNDER_REVIEW") question.status = "UNANSWERED";
      break;
    case "unhold":
      question.isOnHold = false;
  }
  question.updatedAt = at;
  tellChange(world, question);
}

/** Has every alarm of the world's questions heard. */
export function keepQuestionTime(world: World): void {
  world.onQuestionDue = (question) => {
    if (world.questions.get(question.id) === question) settleQuestion(world, question);
  };
}
