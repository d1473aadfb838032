import { z } from "zod";

/** A file to lay into a message; without `base64` real bytes of the type are made. */
export const AttachmentSeed = z.strictObject({
  name: z.string().min(1),
  type: z.string().default("application/octet-stream"),
  size: z.number().int().min(0).optional(),
  base64: z.string().optional(),
  /** Named in the message, but its download is a 500 (messages.md 2.5). */
  gone: z.boolean().default(false),
  /** `potential_security_threat` (messages.md 2.1). */
  threat: z.boolean().default(false),
});

export type AttachmentSeed = z.input<typeof AttachmentSeed>;
