"use client";

import { lazyKit } from "@/components/thread/lazy-kit";

/** What only questions have. */
export const lazyQuestionKit = lazyKit({
  es: () => import("./question-kit-es").then((module) => module.QuestionKitEs),
  pt: () => import("./question-kit-pt").then((module) => module.QuestionKitPt),
  en: () => import("./question-kit-en").then((module) => module.QuestionKitEn),
});
