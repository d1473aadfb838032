import { call } from "@/lib/client/api";
import type { ThreadRef } from "@/lib/client/keys";
import { threadPath } from "@/lib/client/thread-calls";
import { withPatience } from "@/lib/client/with-patience";
import {
  BlockedBuyersSchema,
  type QuestionActKind,
  ResponseTimesSchema,
  WhySchema,
} from "@/lib/shared/api/question";
import { ThreadViewSchema } from "@/lib/shared/api/thread";

/** What only the screens of questions ask for, one function per endpoint. All throw ApiError. */

/** Does it at once: doing it twice changes nothing more. `ref` names the question. */
export const postQuestionAct = (ref: ThreadRef, act: QuestionActKind) =>
  withPatience(() =>
    call(ThreadViewSchema, threadPath(ref, "question-acts"), { method: "POST", body: { act } }),
  );

/** Why Mercado Libre took the question or its answer away. */
export const getWhy = (ref: ThreadRef, signal?: AbortSignal) =>
  call(WhySchema, threadPath(ref, "why"), signal ? { signal } : {});

export const getBlockedBuyers = (signal?: AbortSignal) =>
  call(BlockedBuyersSchema, "/api/questions/blocked-buyers", signal ? { signal } : {});

/** The buyer may ask again. */
export const postUnblock = (accountId: string, buyerId: string) =>
  withPatience(() =>
    call(BlockedBuyersSchema, "/api/questions/blocked-buyers", {
      method: "POST",
      body: { accountId, buyerId },
    }),
  );

export const getResponseTimes = (signal?: AbortSignal) =>
  call(ResponseTimesSchema, "/api/questions/response-time", signal ? { signal } : {});
