/** What Mercado Libre has against one file of a reply, at the moment of sending (messages.md 2.4). `not_saved`: it said
 *  that it could not keep the file, which may pass. */
export const FILE_FAULTS = [
  "empty",
  "too_big",
  "type",
  "name_too_long",
  "name_characters",
  "refused",
  "not_saved",
] as const;
export type FileFault = (typeof FILE_FAULTS)[number];

/** The reason of a reply that does not leave because of one of its files. Pure. */
export const fileReason = (fault: FileFault, fileId: string): string => `file.${fault}.${fileId}`;

/** Reads such a reason; null for any other. Pure. */
export function readFileReason(reason: string | null): { fault: FileFault; fileId: string } | null {
  const [, word, fileId] = /^file\.(\w+)\.([\w-]+)$/.exec(reason ?? "") ?? [];
  const fault = FILE_FAULTS.find((known) => known === word);
  return fault === undefined || fileId === undefined ? null : { fault, fileId };
}
