import "server-only";
import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";
import { AppError } from "@/lib/shared/errors";

const VERSION = "v1";

/** Names a key without telling anything of it: the start of its digest. */
function keyIdOf(key: Buffer): string {
  return createHash("sha256").update("buzon-key-id").update(key).digest("hex").slice(0, 8);
}

/** Seals text with AES-256-GCM under the first key. The same `owner` must be named to open it, so that a sealed
 *  value that was moved to another account's row opens for nobody. */
export function seal(keys: readonly Buffer[], owner: string, plain: string): string {
  const key = keys[0];
  if (key === undefined) throw new AppError("bug", "no key to seal with");
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(Buffer.from(owner));
  const body = Buffer.concat([cipher.update(plain, "utf8"), cipher.final(), cipher.getAuthTag()]);
  return [VERSION, keyIdOf(key), nonce.toString("base64url"), body.toString("base64url")].join(".");
}

/** Opens what `seal` made with any of the keys.
 *  @throws AppError bug when the key is gone, the owner differs or a byte was changed. */
export function unseal(keys: readonly Buffer[], owner: string, sealed: string): string {
  const [version, keyId, nonce, body] = sealed.split(".");
  if (version !== VERSION || keyId === undefined || nonce === undefined || body === undefined) {
    throw new AppError("bug", "a sealed value has an unknown form");
  }
  const key = keys.find((candidate) => keyIdOf(candidate) === keyId);
  if (key === undefined)
    throw new AppError("bug", `no key with id ${keyId}: was TOKEN_KEY replaced without keeping the old key?`);
  const bytes = Buffer.from(body, "base64url");
  const decipher = createDecipheriv("aes-256-gcm", key, Buffer.from(nonce, "base64url"))
    .setAAD(Buffer.from(owner))
    .setAuthTag(bytes.subarray(-16));
  try {
    return decipher.update(bytes.subarray(0, -16), undefined, "utf8") + decipher.final("utf8");
  } catch (cause) {
    throw new AppError("bug", "a sealed value does not open for this owner", {}, { cause });
  }
}

/** Is the key among ours that this was sealed under? */
export function isOurs(keys: readonly Buffer[], sealed: string): boolean {
  return keys.some((key) => sealed.split(".")[1] === keyIdOf(key));
}
