import { call } from "@/lib/client/api";
import { wipeLocalDrafts } from "@/lib/client/drafts";
import { Done } from "@/lib/shared/api/common";

/** Ends this session, or all of the user's, and leaves. The local copies of drafts go first: nothing of the person stays
 *  in this browser. @throws ApiError when the server could not be told; the session is then still open. */
export async function signOut(all: boolean): Promise<void> {
  wipeLocalDrafts();
  await call(Done, "/api/sessions/end", { method: "POST", body: { all } });
  window.location.assign("/");
}
