import { z } from "zod";

const perMinute = z.number().int().min(0).default(0);

/** Quirks of contact counters and leads. Where questions-and-contacts.md 4, 8 and 9 leave a thing open, our guess is the default. */
export const LEAD_SETTINGS = {
  /** Are contacts drawn for every classified listing, or only what is laid down counted? */
  contactSeries: z.enum(["drawn", "quiet"]).default("drawn"),
  /** How far back counters go, days; unknown (questions-and-contacts.md 9). */
  contactDaysKept: z.number().int().positive().default(120),
  /** `last` in an answer: an integer as in old samples, or a numeric text as in later ones (questions-and-contacts.md 4.1). */
  contactLastAs: z.enum(["number", "string"]).default("number"),
  /** Dates of a total: as they came in older samples, in UTC in the WhatsApp samples; or one for all (questions-and-contacts.md 4.1). */
  contactDates: z.enum(["by_kind", "verbatim", "utc"]).default("by_kind"),
  /** A date without offset: UTC, or the site's own time; samples mix both styles (questions-and-contacts.md 4.1). */
  contactPlainDates: z.enum(["utc", "site"]).default("utc"),
  /** Where a day begins, hours after midnight UTC: midnight of UTC-4; elsewhere unknown (questions-and-contacts.md 4.1, 9). */
  contactDayStart: z.number().int().min(0).max(23).default(4),
  /** Which multi-item paths are served (questions-and-contacts.md 8). */
  contactListPath: z.enum(["both", "collection", "item"]).default("both"),
  /** Most `ids` of one call; null: no limit. Not documented (questions-and-contacts.md 4.1, 9). */
  contactMaxIds: z.number().int().positive().nullable().default(20),
  /** Greatest `last`; null: no limit. Unknown (questions-and-contacts.md 9). */
  contactMaxLast: z.number().int().positive().nullable().default(null),
  /** Where `last` may not be left out: the WhatsApp section makes it mandatory, the general table does not (questions-and-contacts.md 4.1). */
  contactLastNeeded: z.enum(["whatsapp", "always"]).default("whatsapp"),
  /** `total` beside `limit`: "sum of results", of those shown or of the whole window (questions-and-contacts.md 4.1). */
  contactTotalOf: z.enum(["shown", "window"]).default("shown"),
  contactsPerMinute: perMinute,

  /** Calls a minute to leads; no figure is published: 0 = no limit (questions-and-contacts.md 4.2). */
  leadsPerMinute: perMinute,
  /** Over the quota: two pages, two codes (questions-and-contacts.md 8). */
  leadQuotaStatus: z.union([z.literal(429), z.literal(409)]).default(429),
  /** An expired or bad token: the printed 403, or a 401 as elsewhere (questions-and-contacts.md 4.2). */
  leadBadToken: z.union([z.literal(403), z.literal(401)]).default(403),
  /** Numbers of `summary`: as the sample shows, or as the table types them (questions-and-contacts.md 4.2). */
  leadSummaryAs: z.enum(["number", "string"]).default("number"),
  /** `buyer_id` and `sub_status` of a lead: in some samples only (questions-and-contacts.md 4.2). */
  leadExtraFields: z.boolean().default(true),
  /** Personal fields of a logged-in buyer (questions-and-contacts.md 4.2, all nullable). */
  leadPersonalData: z.enum(["present", "null", "absent"]).default("present"),
  /** Key of the document's number at `/leads/{id}/details`: sample, or field list (questions-and-contacts.md 4.2). */
  leadIdentificationKey: z
    .enum(["identification_number", "identification_value"])
    .default("identification_number"),
  /** Greatest `limit`, larger ones silently become this; null: none. Not stated (questions-and-contacts.md 4.2, 9). */
  leadMaxLimit: z.number().int().positive().nullable().default(null),
  /** Whose days `date_from` and `date_to` name: not stated (questions-and-contacts.md 4.2). */
  leadDaysIn: z.enum(["utc", "site"]).default("utc"),
  /** Path of a notice's resource (notifications.md 2, two spellings). */
  leadNoticePath: z.enum(["/vis/leads", "/vis_leads"]).default("/vis/leads"),
  /** Action of a quotation's notice (notifications.md 2, two spellings). */
  leadQuotationAction: z.enum(["quotation", "quotations"]).default("quotation"),
};
