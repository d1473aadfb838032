import { CONTACT_KINDS, type ContactKind } from "@/lib/shared/api/leads";
import type { Unit } from "@/lib/shared/contacts/buckets";
import { isDay, type PeriodChoice, PRESETS } from "@/lib/shared/contacts/periods";

export const LEADS_TABS = ["contacts", "leads"] as const;
export type LeadsTab = (typeof LEADS_TABS)[number];

/** What the ranking can be ordered by. */
export const SORT_COLUMNS = ["item", "price", "status", ...CONTACT_KINDS, "total", "change"] as const;
export type SortColumn = (typeof SORT_COLUMNS)[number];

export const GUEST_CHOICES = ["all", "only", "none"] as const;
export type GuestChoice = (typeof GUEST_CHOICES)[number];

/** How many listings can be compared at once. */
export const MOST_COMPARED = 6;

/** What names one lead. */
export interface LeadRef {
  accountId: string;
  id: string;
}

/** All that the page shows, from its address: nothing of it is kept anywhere else. */
export interface LeadsAddress {
  tab: LeadsTab;
  /** Null: the account that the user works as. */
  account: string | null;
  period: PeriodChoice;
  /** The listings whose series are compared, in the order they were picked. */
  compared: readonly string[];
  /** What they are compared by. */
  kind: ContactKind;
  /** How the series are cut, where there is a choice. Null: as it suits the period. */
  unit: Unit | null;
  isTable: boolean;
  sort: SortColumn;
  isAscending: boolean;
  /** Only listings with these words in their title or id. */
  find: string;
  /** Null: leads of every type. */
  type: string | null;
  /** Only people who were interested in this listing. */
  item: string | null;
  guests: GuestChoice;
  /** The one whose details are open. */
  lead: LeadRef | null;
}

export const FIRST_ADDRESS: LeadsAddress = {
  tab: "contacts",
  account: null,
  period: { preset: "7d" },
  compared: [],
  kind: "phone_views",
  unit: null,
  isTable: false,
  sort: "total",
  isAscending: false,
  find: "",
  type: null,
  item: null,
  guests: "all",
  lead: null,
};

const DIGITS = /^\d{1,20}$/;
const ITEM = /^[A-Z]{2,4}-?\d{1,20}$/;
const TYPE = /^[a-z_]{1,40}$/;
const LEAD = /^(\d{1,20})\.([A-Za-z0-9_-]{1,80})$/;
const LONGEST_FIND = 80;

const among = <T extends string>(all: readonly T[], text: string | null, otherwise: T): T =>
  all.find((one) => one === text) ?? otherwise;

const matching = (text: string | null, shape: RegExp): string | null =>
  text !== null && shape.test(text) ? text : null;

/** Reads the query of an address under /leads, with or without `?`. What it does not understand is left out. Pure. */
export function parseLeadsAddress(search: string): LeadsAddress {
  const query = new URLSearchParams(search);
  const sort = among(SORT_COLUMNS, query.get("sort"), FIRST_ADDRESS.sort);
  return {
    tab: among(LEADS_TABS, query.get("tab"), FIRST_ADDRESS.tab),
    account: matching(query.get("account"), DIGITS),
    period: periodIn(query),
    compared: [...new Set((query.get("items") ?? "").split(","))]
      .filter((id) => ITEM.test(id))
      .slice(0, MOST_COMPARED),
    kind: among(CONTACT_KINDS, query.get("kind"), FIRST_ADDRESS.kind),
    unit: (["hour", "day"] as const).find((unit) => unit === query.get("by")) ?? null,
    isTable: query.get("view") === "table",
    sort,
    isAscending: among(["asc", "desc"], query.get("dir"), firstDirection(sort)) === "asc",
    find: (query.get("find") ?? "").slice(0, LONGEST_FIND),
    type: matching(query.get("type"), TYPE),
    item: matching(query.get("item"), ITEM),
    guests: among(GUEST_CHOICES, query.get("guests"), FIRST_ADDRESS.guests),
    lead: leadIn(query.get("lead") ?? ""),
  };
}

function leadIn(text: string): LeadRef | null {
  const [, accountId, id] = LEAD.exec(text) ?? [];
  return accountId === undefined || id === undefined ? null : { accountId, id };
}

function periodIn(query: URLSearchParams): PeriodChoice {
  const [from, to] = [query.get("from") ?? "", query.get("to") ?? ""];
  if (isDay(from) && isDay(to) && from <= to) return { from, to };
  const preset = PRESETS.find((one) => one === query.get("period"));
  return preset === undefined ? FIRST_ADDRESS.period : { preset };
}

/** A column that is chosen shows the most first; words begin with A. Pure. */
export const firstDirection = (sort: SortColumn): "asc" | "desc" =>
  sort === "item" || sort === "status" ? "asc" : "desc";

/** The address that shows this. What is as at first is left out of it. Pure. */
export function leadsHref(address: LeadsAddress): string {
  const { period } = address;
  const isContacts = address.tab === "contacts";
  const direction = address.isAscending ? "asc" : "desc";
  const parts: [name: string, value: string | null][] = [
    ["tab", isContacts ? null : address.tab],
    ["account", address.account],
    ["period", "preset" in period && !isFirstPeriod(period) ? period.preset : null],
    ["from", "from" in period ? period.from : null],
    ["to", "to" in period ? period.to : null],
    ["items", address.compared.join(",")],
    ["kind", address.kind === FIRST_ADDRESS.kind ? null : address.kind],
    ["by", address.unit],
    ["view", address.isTable ? "table" : null],
    ["sort", address.sort === FIRST_ADDRESS.sort ? null : address.sort],
    ["dir", direction === firstDirection(address.sort) ? null : direction],
    ["find", address.find],
    ["type", address.type],
    ["item", address.item],
    ["guests", address.guests === FIRST_ADDRESS.guests ? null : address.guests],
    ["lead", address.lead === null ? null : `${address.lead.accountId}.${address.lead.id}`],
  ];
  const query = new URLSearchParams();
  for (const [name, value] of parts) if (value) query.set(name, value);
  // A comma is no danger in a query, and an address is read by people.
  const text = query.toString().replaceAll("%2C", ",");
  return text === "" ? "/leads" : `/leads?${text}`;
}

const isFirstPeriod = (period: PeriodChoice): boolean =>
  "preset" in period && "preset" in FIRST_ADDRESS.period && period.preset === FIRST_ADDRESS.period.preset;
