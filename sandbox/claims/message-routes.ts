import { Hono } from "hono";
import { sellerHolds, sellerRoleOf } from "@/sandbox/claims/actions";
import { ownClaim } from "@/sandbox/claims/find-claim";
import type { Claim, ClaimMessage, ClaimRole } from "@/sandbox/claims/model";
import { claimRefusal } from "@/sandbox/claims/refuse";
import { wireClaimMessage } from "@/sandbox/claims/wire";
import { writeMessage } from "@/sandbox/claims/write-message";
import type { Profile } from "@/sandbox/messages/refuse";
import { jsonBody } from "@/sandbox/messages/send";
import type { ApiContext, ApiEnv } from "@/sandbox/world/guard";
import { answer } from "@/sandbox/world/refusal";
import type { World } from "@/sandbox/world/world";

/** The thread of a claim and writing into it (claims.md 2 rows 8 and 12; 4.6, 5.3). */
export function claimMessageRoutes(world: World, profile: Profile): Hono<ApiEnv> {
  const app = new Hono<ApiEnv>();
  app.get("/:id/messages", (c) => {
    const claim = ownClaim(world, c, profile, c.req.param("id"));
    const shown = claim.messages.filter((one) => isShown(claim, one));
    if (world.settings.claimReadMarks) {
      for (const one of shown) if (one.to === sellerRoleOf(claim)) one.readAt ??= world.now();
    }
    // claims.md 4.6: a bare list, newest first
    return c.json(
      shown
        .toReversed()
        .toSorted((a, b) => b.createdAt.getTime() - a.createdAt.getTime())
        .map((one) => wireClaimMessage(world, profile, one)),
    );
  });
  app.post("/:id/actions/send-message", (c) =>
    send(world, c, profile, ownClaim(world, c, profile, c.req.param("id"))),
  );
  return app;
}

/** claims.md 4.6: own moderated messages are listed, the other side's are silently dropped. */
function isShown(claim: Claim, message: ClaimMessage): boolean {
  return message.from === sellerRoleOf(claim) || message.status === "available";
}

/** Not idempotent (claims.md 5.3). @throws Refusal 400 as listed there. */
async function send(world: World, c: ApiContext, profile: Profile, claim: Claim): Promise<Response> {
  const bad = (message: string, error = "bad_request_error") =>
    claimRefusal(world, profile, { status: 400, error, message });
  const body = await jsonBody(c);
  if (!body) throw bad("Required request body is missing or malformed");
  const { receiver_role: to, message: text, attachments = [] } = body;
  if (!isRole(to)) throw bad("receiver_role is invalid");
  // claims.md 5.3: by the action held, not by the stage
  const action = `send_message_to_${to}`;
  if (!sellerHolds(world, claim, action)) {
    throw claimRefusal(world, profile, {
      status: 400,
      error: "bad_request_error",
      message: `Action ${action} not available for player`,
    });
  }
  if (typeof text !== "string" || text.trim() === "") throw bad("message must not be empty");
  const { claimMaxLength, claimRepeated, claimSendBody } = world.settings;
  // claims.md 13: off unless a length is set
  if (claimMaxLength !== null && [...text].length > claimMaxLength) {
    throw bad(`message length must be lower than ${claimMaxLength}`);
  }
  const from = sellerRoleOf(claim);
  if (claimRepeated === "refused" && claim.messages.some((one) => one.from === from && one.text === text)) {
    throw bad("duplicate action already performed");
  }
  const names = namesOf(attachments);
  if (!names) throw bad("attachments is invalid");
  for (const name of names) {
    const file = world.claimFiles.get(name);
    if (file?.claimId !== claim.id || file.kind !== "message" || file.by !== from) {
      throw bad(`Attachment not found [claim: ${claim.id} - fileName: ${name}]`, "business_logic_error");
    }
  }
  writeMessage(world, claim, { from, to, text, attachments: names });
  // claims.md 5.3: 201 with no usable body
  return answer(201, claimSendBody === "text" ? "status 201 created" : null);
}

function namesOf(value: unknown): string[] | null {
  if (value === null) return [];
  if (!Array.isArray(value)) return null;
  const names = value.filter((one: unknown) => typeof one === "string");
  return names.length === value.length ? names : null;
}

function isRole(value: unknown): value is ClaimRole {
  return value === "complainant" || value === "respondent" || value === "mediator";
}
