import { z } from "zod";
import type { SiteId } from "@/sandbox/world/sites";
import { isSiteId } from "@/sandbox/world/sites";

/** A listing of a seller; what is left out is made up. */
export const ListingSeed = z.strictObject({
  title: z.string().min(1),
  price: z.number().positive().optional(),
  /** Global Selling: the country of the listing; default: the account's first. */
  siteId: z
    .custom<SiteId>((value) => typeof value === "string" && isSiteId(value), "no such site")
    .optional(),
  status: z.string().default("active"),
  subStatus: z.array(z.string()).default([]),
  stock: z.number().int().min(0).optional(),
  /** questions-and-contacts.md 5.3 */
  buyingMode: z.enum(["buy_it_now", "classified"]).default("buy_it_now"),
  attributes: z.array(z.strictObject({ id: z.string(), name: z.string(), value: z.string() })).default([]),
  categoryId: z.string().optional(),
  /** null: it has lost its picture. */
  thumbnail: z.string().nullable().optional(),
});

export type ListingSeed = z.input<typeof ListingSeed>;
