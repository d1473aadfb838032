"use client";

import type { ReactNode } from "react";
import words from "@/lib/shared/words/pt/claim.json";
import { ClaimKitProvider } from "./claim-kit";

export function ClaimKitPt({ children }: { children: ReactNode }) {
  return <ClaimKitProvider words={words}>{children}</ClaimKitProvider>;
}
