"use client";

import type { ReactNode } from "react";
import words from "@/lib/shared/words/pt/question.json";
import { QuestionKitProvider } from "./question-kit";

export function QuestionKitPt({ children }: { children: ReactNode }) {
  return <QuestionKitProvider words={words}>{children}</QuestionKitProvider>;
}
