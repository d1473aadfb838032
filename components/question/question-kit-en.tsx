"use client";

import type { ReactNode } from "react";
import words from "@/lib/shared/words/en/question.json";
import { QuestionKitProvider } from "./question-kit";

export function QuestionKitEn({ children }: { children: ReactNode }) {
  return <QuestionKitProvider words={words}>{children}</QuestionKitProvider>;
}
