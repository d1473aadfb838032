import { call } from "@/lib/client/api";
import { problemOf } from "@/lib/client/api-error";
import { wipeLocalDrafts } from "@/lib/client/drafts";
import { expectEnd } from "@/lib/client/live";
import { withPatience } from "@/lib/client/with-patience";
import { Done } from "@/lib/shared/api/common";

/** Ends this session, or all of the user's, erases the local copies of drafts and leaves. Only in that order: while the
 *  server cannot be told, those copies may be the only ones. @throws ApiError; the session is then still open. */
export async function signOut(all: boolean): Promise<void> {
  expectEnd(true);
  try {
    await withPatience(() => call(Done, "/api/sessions/end", { method: "POST", body: { all } }));
  } catch (error) {
    // Ended elsewhere already: there is nothing left to end.
    if (problemOf(error) !== "signed_out") {
      expectEnd(false);
      throw error;
    }
  }
  wipeLocalDrafts(true);
  window.location.assign("/");
}
