import type { z } from "zod";
import type { Claim, ClaimFile, ClaimRole } from "@/sandbox/claims/model";
import type { AttachmentSeed } from "@/sandbox/control/attachment-seed";
import { sampleFile } from "@/sandbox/files/sample-file";
import { uuid } from "@/sandbox/world/random";
import type { World } from "@/sandbox/world/world";

/** Lays a file into a claim and answers its system name; without bytes, real ones of its type are made. */
export function createClaimFile(
  world: World,
  claim: Claim,
  o: { by: ClaimRole; seed: z.input<typeof AttachmentSeed>; at: Date; kind?: ClaimFile["kind"] },
): string {
  const { seed } = o;
  const type = seed.type ?? "application/octet-stream";
  const given = seed.base64 === undefined ? null : new Uint8Array(Buffer.from(seed.base64, "base64"));
  const filename = systemName(world, claim, o.by, seed.name);
  world.claimFiles.set(filename, {
    filename,
    originalFilename: seed.name,
    type,
    get bytes() {
      return given ?? sampleFile(type, seed.name, seed.size);
    },
    uploadedAt: o.at,
    claimId: claim.id,
    kind: o.kind ?? "message",
    by: o.by,
    isGone: seed.gone ?? false,
  });
  return filename;
}

/** `{userId}_{uuid}.{ext}` (claims.md 4.6, 5.1). */
export function systemName(world: World, claim: Claim, by: ClaimRole, name: string): string {
  const extension = /\.[A-Za-z0-9]{1,8}$/.exec(name)?.[0].toLowerCase() ?? "";
  const userId = claim.players.find(({ role }) => role === by)?.userId ?? "100000001";
  return `${userId}_${uuid(world.random)}${extension}`;
}
