import { Hono } from "hono";
import type { Profile } from "@/sandbox/messages/refuse";
import { messageRefusal } from "@/sandbox/messages/refuse";
import { typeOf } from "@/sandbox/messages/wire";
import type { ApiContext, ApiEnv } from "@/sandbox/world/guard";
import type { Attachment } from "@/sandbox/world/model";
import { uuid } from "@/sandbox/world/random";
import type { Refusal } from "@/sandbox/world/refusal";
import { standard } from "@/sandbox/world/refusal";
import type { SiteId } from "@/sandbox/world/sites";
import { isSiteId } from "@/sandbox/world/sites";
import type { World } from "@/sandbox/world/world";

/** messages.md 2.4: from upload until first use. */
const UNUSED_LIFE_MS = 48 * 3_600_000;

/** messages.md 2.4, "types, local page". */
const LOCAL_TYPES = new Set(["image/jpeg", "image/jpg", "image/png", "application/pdf", "text/plain"]);
/** messages.md 2.4, "types, CBT page". */
const GLOBAL_TYPES = new Set([
  "text/plain",
  "image/png",
  "image/jpeg",
  "image/heif",
  "image/heic",
  "application/pdf",
  "application/msword",
  "application/vnd.ms-excel",
  "text/xml",
  "application/xml",
  "application/octet-stream",
]);

/** Upload and download of one profile (messages.md 2.4, 2.5, 5). */
export function attachmentRoutes(world: World, profile: Profile): Hono<ApiEnv> {
  const app = new Hono<ApiEnv>();
  app.post("/", (c) => upload(world, c, profile));
  app.get("/:filename", (c) => download(world, c, profile, c.req.param("filename")));
  return app;
}

/** An upload that no message has used for 48 h is deleted for good (messages.md 2.4). */
export function isExpired(world: World, file: Attachment): boolean {
  return file.usedAt === null && world.now().getTime() - file.uploadedAt.getTime() > UNUSED_LIFE_MS;
}

async function upload(world: World, c: ApiContext, profile: Profile): Promise<Response> {
  const bad = (text: string) => messageRefusal(world, profile, 400, "bad_request", text);
  const { uploadFails, uploadMimeStrict } = world.settings;
  if (uploadFails > 0) {
    world.change({ uploadFails: uploadFails - 1 });
    throw failed(world, profile, "File can not be saved, try it later");
  }
  const siteId = siteOf(world, c, profile);
  const form = await c.req.formData().catch(() => null);
  const file = form?.get("file");
  if (!file || typeof file === "string" || file.size === 0) throw bad("File attached is empty");
  if (/[/\\]/.test(file.name)) throw bad("File name cannot include characters like /, \\");
  if (file.name.length > 200) throw bad("The original_filename exceeded 200 character limit");
  if (file.size > world.settings.maxFileBytes) throw bad("File attachment is bigger than 25 Mb.");
  const type = (file.type.split(";")[0] ?? "").trim().toLowerCase();
  if (!(profile === "GLOBAL" ? GLOBAL_TYPES : LOCAL_TYPES).has(type)) {
    throw bad(`File type is not supported: ${type || "none"}`);
  }
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (uploadMimeStrict && !isWhatItSays(type, bytes)) throw bad(`The file is not of the type ${type}`);
  const { seller } = c.var;
  const local = seller.marketplaces.find((one) => one.siteId === siteId)?.userId ?? seller.id;
  const extension = /\.[A-Za-z0-9]{1,8}$/.exec(file.name)?.[0].toLowerCase() ?? "";
  const filename = `${local}_${uuid(world.random)}${extension}`;
  world.attachments.set(filename, {
    filename,
    originalFilename: file.name,
    type,
    bytes,
    uploadedAt: world.now(),
    usedAt: null,
    ownerId: seller.id,
    siteId,
    packId: null,
    isThreat: false,
    isGone: false,
  });
  return c.json({ id: filename }, world.settings.sendStatus);
}

function download(world: World, c: ApiContext, profile: Profile, filename: string): Response {
  const siteId = siteOf(world, c, profile);
  const file = world.attachments.get(filename);
  // messages.md 2.5: a file that is gone looks like a 500
  const { unknownFile, globalGoneText, fileGone } = world.settings;
  if (!file && unknownFile === "400") {
    throw messageRefusal(world, profile, 400, "bad_request", `Invalid attachment id: ${filename}`);
  }
  if (!file || file.isGone || fileGone.includes(filename) || isExpired(world, file)) {
    const texts = {
      obtained: "Requested file could not be obtained",
      accessed: "File can not be accessed, try it later",
    };
    const text = profile === "GLOBAL" ? texts[globalGoneText] : "File can not be saved, try it later";
    throw failed(world, profile, text);
  }
  const thread = file.packId ? world.threads.get(file.packId) : undefined;
  if (file.ownerId !== c.var.seller.id && thread?.sellerId !== c.var.seller.id) {
    const text = `User access token invalid for resource ${filename}`;
    throw messageRefusal(world, profile, 403, "forbidden", text);
  }
  // messages.md 5: it must be the remote seller's site
  if (profile === "GLOBAL" && file.siteId !== siteId) throw unknownSite(world, profile, siteId);
  return new Response(new Uint8Array(file.bytes), {
    headers: { "content-type": typeOf(world, file), "content-length": String(file.bytes.byteLength) },
  });
}

/** messages.md 2.4, 2.5: a 500; messages.md 5, example bodies: `error` is null on GLOBAL. */
function failed(world: World, profile: Profile, text: string): Refusal {
  if (profile === "GLOBAL") return standard(500, null, text);
  return messageRefusal(world, profile, 500, "internal_server_error", text);
}

/** Whether the first bytes are those of the declared type; kinds without a mark of their own pass. */
function isWhatItSays(type: string, bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.subarray(0, 16)).toString("latin1");
  if (type === "image/png") return head.startsWith("\x89PNG");
  if (type === "image/jpeg" || type === "image/jpg") return head.startsWith("\xff\xd8\xff");
  if (type === "application/pdf") return head.startsWith("%PDF");
  if (type === "image/heic" || type === "image/heif") return /^.{4}ftyp(hei|hev|mif|msf)/s.test(head);
  return type !== "text/plain" || !bytes.includes(0);
}

/** messages.md 2.4, 2.5: `site_id` is required and must exist; messages.md 5: and must not be CBT. */
function siteOf(world: World, c: ApiContext, profile: Profile): SiteId {
  const siteId = c.req.query("site_id");
  if (siteId === undefined || siteId === "") {
    throw messageRefusal(world, profile, 400, "bad_request", "The queryparam 'site_id' is required");
  }
  const isRemote = siteId !== "CBT" && c.var.seller.marketplaces.some((local) => local.siteId === siteId);
  if (!isSiteId(siteId) || (profile === "GLOBAL" && !isRemote)) throw unknownSite(world, profile, siteId);
  return siteId;
}

function unknownSite(world: World, profile: Profile, siteId: string) {
  const text = `Invalid site_id: '${siteId}' is not a recognized site`;
  return messageRefusal(world, profile, 400, "bad_request", text);
}
