import "server-only";
import { redirect } from "next/navigation";
import { cache } from "react";
import { currentSession, type Session } from "@/lib/server/accounts/current-session";
import { readMe } from "@/lib/server/accounts/read-me";
import { readSummary } from "@/lib/server/inbox/read-summary";

/** The live session of the page being rendered; without one the answer is 307 to the sign-in page. Called before
 *  anything streams: there is no loading.tsx above the pages that call it. */
export async function signedIn(): Promise<Session> {
  return (await currentSession()) ?? redirect("/");
}

/** The user and their accounts, read once for the layout and the page of one request. */
export const readMeOnce = cache(readMe);

/** The counts, and the numbers from which the browser wants to be told of changes, read once for both. What a page reads
 *  for the screen is read after them: what changes in between is told twice rather than never. */
export const readSummaryOnce = cache(readSummary);
