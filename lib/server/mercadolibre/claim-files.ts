import "server-only";
import { AppError } from "@/lib/shared/errors";
import { uploadedFile } from "./claim-message-wire";
import { CLAIM_PATHS, type ClaimPaths } from "./claim-paths";
import { isAbsent } from "./context-read";
import type { Download, Meli } from "./http";
import type { Route } from "./paths";

/** A file that is not there for good is asked for no oftener than this. */
const DOWNLOAD_TRIES = 3;
/** A longer name, or one of other characters, is refused (claims.md 5.1). */
const NAME = /^[A-Za-z0-9._-]{1,125}$/;

/** Where a file of a claim is kept: asking in the other place gives 404 (claims.md 5.2). */
export type ClaimFileKind = "message" | "evidence";

export interface OutgoingFile {
  /** 1 to 125 of `A-Z a-z 0-9 . _ -`. */
  name: string;
  /** image/jpeg, image/png or application/pdf. */
  type: string;
  bytes: Blob;
}

/** What the protocol of this account does not have. */
export function notInProtocol(what: string): AppError {
  return new AppError("not_available", `${what}: not in this account's protocol`, {
    reason: "not_in_protocol",
  });
}

/** The addresses of evidences. @throws AppError not_available in GLOBAL, which has none */
export function evidencePaths(meli: Meli): NonNullable<ClaimPaths["evidence"]> {
  const { evidence } = CLAIM_PATHS[meli.profile];
  if (evidence === null) throw notInProtocol("shipping evidence");
  return evidence;
}

/** Uploads a file in one part named `file` and tells the name it was stored under, whatever the 2xx (claims.md 5.1). Not
 *  retried; doing it again only leaves an unused file. @throws MeliError; AppError invalid_input for an impossible name */
export async function uploadTo(meli: Meli, route: Route, file: OutgoingFile): Promise<{ id: string }> {
  if (!NAME.test(file.name)) {
    throw new AppError("invalid_input", "not a name that Mercado Libre takes", { reason: "file_name" });
  }
  const form = () => {
    const data = new FormData();
    data.append("file", new File([file.bytes], file.name, { type: file.type }));
    return data;
  };
  return await meli.wire.write(route, form, uploadedFile);
}

/** The bytes at the first of the addresses that has them. GLOBAL answers 403 for what is not there (claims.md 10).
 *  @throws MeliError the first refusal, when all refuse */
export async function downloadFrom(meli: Meli, routes: readonly Route[]): Promise<Download> {
  let refusal: unknown;
  for (const route of routes) {
    try {
      return await meli.wire.download(route, { tries: DOWNLOAD_TRIES });
    } catch (error) {
      refusal ??= error;
      if (!isAbsent(error)) throw error;
    }
  }
  throw refusal;
}
