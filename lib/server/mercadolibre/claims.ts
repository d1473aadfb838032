import "server-only";
import {
  type ActionTaken,
  actionTaken,
  type ClaimDetail,
  type ClaimReason,
  detail,
  oldestFirst,
  type ReputationEffect,
  reason,
  reputation,
  type StatusReached,
  statusReached,
} from "./claim-facts-wire";
import { type ClaimFileKind, downloadFrom, evidencePaths, type OutgoingFile, uploadTo } from "./claim-files";
import { type ClaimFileFacts, claimFile, claimMessage, type WireClaimMessage } from "./claim-message-wire";
import { CLAIM_PATHS } from "./claim-paths";
import { type ClaimPage, searchPage } from "./claim-search";
import { rows } from "./claim-values";
import { claim, type WireClaim } from "./claim-wire";
import type { Download, Meli } from "./http";
import { digits, type Route } from "./paths";

export type {
  ActionTaken,
  ClaimDetail,
  ClaimReason,
  ReputationEffect,
  StatusReached,
} from "./claim-facts-wire";
export type { ClaimFileKind, OutgoingFile } from "./claim-files";
export type { ClaimFileFacts, WireClaimFile, WireClaimMessage } from "./claim-message-wire";
export type { WireAction, WireClaim, WirePlayer } from "./claim-wire";

/** How many pages of the claims of one sale are read at most: one has a few claims, a page a hundred. */
const MOST_PAGES = 5;

/** A date as the search takes it: with milliseconds and an offset (claims.md 4.1). */
const searchDate = (at: Date) => at.toISOString().replace("Z", "+00:00");

/**
 * One page of the claims in which a user has a role, at most 100. Both roles must be asked for: in a cancelled sale the
 * seller is the complainant (claims.md 4.1). In no promised order: never asked to be sorted (claims.md 11). `total` above
 * what the pages give means that the window of 10 000 is full: ask with a later `updatedSince`. What made no sense is left
 * out, and said in the log.
 * @throws MeliError
 */
export async function searchClaims(
  meli: Meli,
  o: {
    userId: string;
    role: "respondent" | "complainant";
    updatedSince?: Date;
    status?: "opened";
    offset: number;
  },
): Promise<ClaimPage> {
  return await searchPage(meli, {
    player: { role: o.role, userId: o.userId },
    filters: {
      ...marketplaceUser(meli, o.userId),
      ...(o.status === undefined ? {} : { status: o.status }),
      ...(o.updatedSince === undefined ? {} : { range: `last_updated:after:${searchDate(o.updatedSince)}` }),
    },
    offset: o.offset,
  });
}

/**
 * Every claim of a sale, those of its shipments and payments too (claims.md 4.1): `resource_id` alone would miss them.
 * `userId` names the marketplace user for GLOBAL, where every documented search does.
 * @throws MeliError
 */
export async function searchClaimsOf(
  meli: Meli,
  o: ({ orderId: string } | { packId: string }) & { userId?: string },
): Promise<WireClaim[]> {
  const sale: Record<string, string> =
    "orderId" in o ? { order_id: digits(o.orderId) } : { pack_id: digits(o.packId) };
  const filters = { ...marketplaceUser(meli, o.userId), ...sale };
  const found = new Map<string, WireClaim>();
  let offset: number | null = 0;
  for (let pages = 0; offset !== null && pages < MOST_PAGES; pages += 1) {
    const page: ClaimPage = await searchPage(meli, { player: null, filters, offset });
    for (const one of page.claims) found.set(one.id, one);
    offset = page.next;
  }
  return [...found.values()];
}

function marketplaceUser(meli: Meli, userId: string | undefined): Record<string, string> {
  return userId === undefined || !CLAIM_PATHS[meli.profile].isUserNamed ? {} : { user_id: digits(userId) };
}

/**
 * A claim with what each player may do now and what else belongs to it (claims.md 3). Actions that are empty here are not
 * surely none (claims.md 12.4).
 * @throws MeliError: `claimRefusalOf` says what a refusal means; 403 in GLOBAL is also "no such claim" (claims.md 10)
 */
export async function readClaim(meli: Meli, claimId: string): Promise<WireClaim> {
  return await meli.wire.read(CLAIM_PATHS[meli.profile].claim(claimId), claim);
}

/**
 * The claim in words, of now and in the seller's language, and until when who is responsible must act (claims.md 4.2).
 * @throws MeliError
 */
export async function readClaimDetail(meli: Meli, claimId: string): Promise<ClaimDetail> {
  return await meli.wire.read(CLAIM_PATHS[meli.profile].detail(claimId), detail);
}

/**
 * A reason in words, the same for days (claims.md 4.3).
 * @throws MeliError; AppError invalid_input for an impossible id
 */
export async function readClaimReason(meli: Meli, reasonId: string): Promise<ClaimReason> {
  return await meli.wire.read(CLAIM_PATHS[meli.profile].reason(reasonId), reason);
}

/** What was done on a claim and by whom, oldest first (claims.md 4.4). @throws MeliError */
export async function readActionsHistory(meli: Meli, claimId: string): Promise<ActionTaken[]> {
  const route = CLAIM_PATHS[meli.profile].actionsHistory(claimId);
  const { kept, dropped } = oldestFirst(await meli.wire.read(route, rows), actionTaken, ({ at }) => at);
  return told(meli, route, kept, dropped);
}

/** The stages and statuses a claim has been in, oldest first (claims.md 4.4). @throws MeliError */
export async function readStatusHistory(meli: Meli, claimId: string): Promise<StatusReached[]> {
  const route = CLAIM_PATHS[meli.profile].statusHistory(claimId);
  const { kept, dropped } = oldestFirst(await meli.wire.read(route, rows), statusReached, ({ at }) => at);
  return told(meli, route, kept, dropped);
}

function told<T>(meli: Meli, route: Route, kept: T[], dropped: number): T[] {
  if (dropped > 0) meli.wire.odd(route, { droppedRows: dropped });
  return kept;
}

/**
 * What a claim does to the seller's reputation, and until when a good answer may still keep it out (claims.md 4.5, 8).
 * @throws MeliError
 */
export async function readReputation(meli: Meli, claimId: string): Promise<ReputationEffect> {
  return await meli.wire.read(CLAIM_PATHS[meli.profile].reputation(claimId), reputation);
}

/**
 * The thread of a claim, oldest first, each message once: of two copies the one that changed last. What moderation took from
 * the other party never appears, so their number is only a floor (claims.md 4.6). `isExact`: every message that came could be
 * understood.
 * @throws MeliError
 */
export async function readClaimMessages(
  meli: Meli,
  claimId: string,
): Promise<{ messages: WireClaimMessage[]; isExact: boolean }> {
  const route = CLAIM_PATHS[meli.profile].messages(claimId);
  const { kept, dropped } = oldestFirst(
    await meli.wire.read(route, rows),
    claimMessage,
    ({ createdAt }) => createdAt,
  );
  if (dropped > 0) meli.wire.odd(route, { droppedMessages: dropped });
  const byKey = new Map<string, (typeof kept)[number]>();
  for (const one of kept) {
    const known = byKey.get(one.key);
    if (known === undefined || known.changedAt < one.changedAt) byKey.set(one.key, one);
  }
  return {
    messages: [...byKey.values()].map(({ changedAt: _, ...message }) => message),
    isExact: dropped === 0,
  };
}

/**
 * Sends one message of a claim. Who may be written to is said by the action held, not by the stage (claims.md 5.3). A 2xx is
 * success whatever its body: it is empty, so the thread tells the rest. NOT idempotent and never retried: after
 * `failure.mayHaveApplied` the thread must be read before anything is sent again (claims.md 10, 12.2, 12.15). `attachments`
 * are keys of uploadClaimFile.
 * @throws MeliError: `claimRefusalOf` says what a refusal means
 */
export async function sendClaimMessage(
  meli: Meli,
  claimId: string,
  o: { to: "complainant" | "respondent" | "mediator"; text: string; attachments: string[] },
): Promise<void> {
  const json = JSON.stringify({
    receiver_role: o.to,
    message: o.text,
    ...(o.attachments.length === 0 ? {} : { attachments: o.attachments }),
  });
  await meli.wire.act(CLAIM_PATHS[meli.profile].send(claimId), () => json);
}

/**
 * Uploads one file for a message: JPG, PNG or PDF, at most 5 MB, whose name is 1 to 125 of `A-Z a-z 0-9 . _ -` (claims.md
 * 5.1). `id` is what sendClaimMessage takes. Not retried; doing it again only leaves an unused file.
 * @throws MeliError: `claimRefusalOf` says what a refusal means; AppError invalid_input for an impossible name
 */
export async function uploadClaimFile(
  meli: Meli,
  claimId: string,
  file: OutgoingFile,
): Promise<{ id: string }> {
  return await uploadTo(meli, CLAIM_PATHS[meli.profile].upload(claimId), file);
}

/**
 * The bytes of a file, streamed, by its system name: those of a message and those of an evidence are kept apart, and asking
 * in the other place gives 404. `type` is what Mercado Libre claims: do not trust it (claims.md 5.2).
 * @throws MeliError; AppError not_available for an evidence in GLOBAL, which has none
 */
export async function downloadClaimFile(
  meli: Meli,
  claimId: string,
  filename: string,
  kind: ClaimFileKind,
): Promise<Download> {
  const routes =
    kind === "message"
      ? CLAIM_PATHS[meli.profile].download(claimId, filename)
      : [evidencePaths(meli).download(claimId, filename)];
  return await downloadFrom(meli, routes);
}

/**
 * What is known of a file without its bytes (claims.md 5.2).
 * @throws MeliError; AppError not_available for an evidence in GLOBAL, which has none
 */
export async function readClaimFileFacts(
  meli: Meli,
  claimId: string,
  filename: string,
  kind: ClaimFileKind,
): Promise<ClaimFileFacts> {
  const paths = kind === "message" ? CLAIM_PATHS[meli.profile] : evidencePaths(meli);
  return await meli.wire.read(paths.file(claimId, filename), claimFile);
}
