"use client";

import type { ReactNode } from "react";
import words from "@/lib/shared/words/es/question.json";
import { QuestionKitProvider } from "./question-kit";

export function QuestionKitEs({ children }: { children: ReactNode }) {
  return <QuestionKitProvider words={words}>{children}</QuestionKitProvider>;
}
