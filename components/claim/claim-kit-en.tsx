"use client";

import type { ReactNode } from "react";
import words from "@/lib/shared/words/en/claim.json";
import { ClaimKitProvider } from "./claim-kit";

export function ClaimKitEn({ children }: { children: ReactNode }) {
  return <ClaimKitProvider words={words}>{children}</ClaimKitProvider>;
}
