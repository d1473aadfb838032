import { Hono } from "hono";
import { ownClaim } from "@/sandbox/claims/find-claim";
import type { Claim, ClaimFile } from "@/sandbox/claims/model";
import { claimRefusal } from "@/sandbox/claims/refuse";
import { takeUpload } from "@/sandbox/claims/upload";
import { wireClaimFile } from "@/sandbox/claims/wire";
import type { Profile } from "@/sandbox/messages/refuse";
import type { ApiEnv } from "@/sandbox/world/guard";
import { standard } from "@/sandbox/world/refusal";
import type { World } from "@/sandbox/world/world";

/** Files of messages, and LOCAL those of the shipping evidence, which live apart (claims.md 2 rows 9 to 11, 21; 5.1, 5.2). */
export function claimFileRoutes(world: World, profile: Profile): Hono<ApiEnv> {
  const app = new Hono<ApiEnv>();
  const kinds = [
    { path: "attachments", kind: "message" as const },
    ...(profile === "LOCAL" ? [{ path: "attachments-evidences", kind: "evidence" as const }] : []),
  ];
  for (const { path, kind } of kinds) {
    app.post(`/:id/${path}`, (c) =>
      takeUpload(world, c, { profile, claim: ownClaim(world, c, profile, c.req.param("id") ?? ""), kind }),
    );
    app.get(`/:id/${path}/:file`, (c) => {
      const claim = ownClaim(world, c, profile, c.req.param("id") ?? "");
      return c.json(
        wireClaimFile(world, fileOf(world, claim, { profile, kind, name: c.req.param("file") ?? "" })),
      );
    });
    app.get(`/:id/${path}/:file/download`, (c) => {
      const claim = ownClaim(world, c, profile, c.req.param("id") ?? "");
      const file = fileOf(world, claim, { profile, kind, name: c.req.param("file") ?? "" });
      if (file.isGone) throw standard(500, "internal_server_error", "Internal Server Error");
      return new Response(new Uint8Array(file.bytes), {
        headers: { "content-type": file.type, "content-length": String(file.bytes.byteLength) },
      });
    });
  }
  // claims.md 2: the collection answers 405
  app.get("/:id/attachments", () => {
    throw standard(405, "method_not_allowed", "Method Not Allowed");
  });
  return app;
}

/** @throws Refusal 404, also for a file of the other kind (claims.md 5.2) */
function fileOf(
  world: World,
  claim: Claim,
  o: { profile: Profile; kind: ClaimFile["kind"]; name: string },
): ClaimFile {
  const file = world.claimFiles.get(o.name);
  if (file?.claimId === claim.id && file.kind === o.kind) return file;
  throw claimRefusal(world, o.profile, {
    status: 404,
    error: o.profile === "GLOBAL" ? "not_found_error" : "business_logic_error",
    message: `Attachment not found [claim: ${claim.id} - fileName: ${o.name}]`,
  });
}
