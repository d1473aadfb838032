"use client";

import { BuyerCard } from "./buyer-card";
import { ListingCard } from "./listing-card";

/** Beside the questions: what is asked about, and who asks. */
export function QuestionPanel() {
  return (
    <>
      <ListingCard />
      <BuyerCard />
    </>
  );
}
