import { sellerRoleOf } from "@/sandbox/claims/actions";
import { systemName } from "@/sandbox/claims/claim-file";
import type { Claim, ClaimFile } from "@/sandbox/claims/model";
import { fileRefusal } from "@/sandbox/claims/refuse";
import type { Profile } from "@/sandbox/messages/refuse";
import type { ApiContext } from "@/sandbox/world/guard";
import type { World } from "@/sandbox/world/world";

/** claims.md 5.1 */
const MAX_BYTES = 5 * 1024 * 1024;
const NAME = /^[A-Za-z0-9._-]{1,125}$/;
/** claims.md 5.1: JPG, PNG, PDF. */
const MARKS: Record<string, string> = {
  "image/jpeg": "\xff\xd8\xff",
  "image/jpg": "\xff\xd8\xff",
  "image/png": "\x89PNG",
  "application/pdf": "%PDF",
};

/** Takes one file in the part `file` and answers its system name (claims.md 5.1, 6.1, 6.2). @throws Refusal 400 */
export async function takeUpload(
  world: World,
  c: ApiContext,
  o: { profile: Profile; claim: Claim; kind: ClaimFile["kind"] },
): Promise<Response> {
  const { claim, kind } = o;
  const caller = claim.thread.localSellerId;
  if (!c.req.header("content-type")?.toLowerCase().startsWith("multipart/")) {
    throw fileRefusal(400, "Current request is not a multipart request");
  }
  const form = await c.req.formData().catch(() => null);
  const file = form?.get("file");
  if (!file || typeof file === "string" || file.size === 0 || file.size > MAX_BYTES) {
    throw fileRefusal(400, `Error retrieving uploaded file. claim_id: ${claim.id} caller_id: ${caller}`);
  }
  if (!NAME.test(file.name)) throw fileRefusal(400, `Invalid file_name: ${file.name}`);
  const type = (file.type.split(";")[0] ?? "").trim().toLowerCase();
  const bytes = new Uint8Array(await file.arrayBuffer());
  const mark = MARKS[type];
  // by what it says, and by what it is
  if (!mark || !Buffer.from(bytes.subarray(0, 4)).toString("latin1").startsWith(mark)) {
    throw fileRefusal(400, "Invalid mime_type");
  }
  const by = sellerRoleOf(claim);
  const filename = systemName(world, claim, by, file.name);
  world.claimFiles.set(filename, {
    filename,
    originalFilename: file.name,
    type: type === "image/jpg" ? "image/jpeg" : type,
    bytes,
    uploadedAt: world.now(),
    claimId: claim.id,
    kind,
    by,
    isGone: false,
  });
  return c.json({ user_id: Number(caller), [keyOf(world, o)]: filename }, world.settings.claimUploadStatus);
}

/** claims.md 5.1, 6.1, 11: evidence files and GLOBAL say `file_name`. */
function keyOf(world: World, { profile, kind }: { profile: Profile; kind: ClaimFile["kind"] }): string {
  const { claimUploadKey } = world.settings;
  if (claimUploadKey !== "profile") return claimUploadKey;
  return profile === "GLOBAL" || kind === "evidence" ? "file_name" : "filename";
}
