"use client";

import type { ReactNode } from "react";
import words from "@/lib/shared/words/es/claim.json";
import { ClaimKitProvider } from "./claim-kit";

export function ClaimKitEs({ children }: { children: ReactNode }) {
  return <ClaimKitProvider words={words}>{children}</ClaimKitProvider>;
}
