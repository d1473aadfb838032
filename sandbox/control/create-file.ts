import type { AttachmentSeed } from "@/sandbox/control/attachment-seed";
import { sampleFile } from "@/sandbox/files/sample-file";
import type { Thread } from "@/sandbox/world/model";
import { uuid } from "@/sandbox/world/random";
import type { World } from "@/sandbox/world/world";

/** Lays a file into a thread and answers its system name. */
export function createFile(
  world: World,
  thread: Thread,
  author: "buyer" | "seller",
  seed: AttachmentSeed,
  at: Date,
): string {
  const ownerId = author === "buyer" ? thread.buyer.id : thread.sellerId;
  const extension = /\.[A-Za-z0-9]{1,8}$/.exec(seed.name)?.[0].toLowerCase() ?? "";
  const filename = `${author === "buyer" ? thread.buyer.id : thread.localSellerId}_${uuid(world.random)}${extension}`;
  const type = seed.type ?? "application/octet-stream";
  const given = seed.base64 === undefined ? null : new Uint8Array(Buffer.from(seed.base64, "base64"));
  world.attachments.set(filename, {
    filename,
    originalFilename: seed.name,
    type,
    // drawn when first looked at: a shop has dozens of pictures
    get bytes() {
      return given ?? sampleFile(type, seed.name, seed.size);
    },
    uploadedAt: at,
    usedAt: at,
    ownerId,
    siteId: thread.siteId,
    packId: thread.packId,
    isThreat: seed.threat ?? false,
    isGone: seed.gone ?? false,
  });
  return filename;
}
