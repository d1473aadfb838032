import type { ContactKind, Lead, Rhythm } from "@/sandbox/leads/model";

/** What one world holds of contacts and leads. Questions are held elsewhere; see `leadsOfItem`. */
export class LeadBook {
  /** By id; questions are not among them. */
  readonly leads = new Map<string, Lead>();
  readonly byItem = new Map<string, Lead[]>();
  /** Contacts that left no lead, in milliseconds, by item and kind. */
  readonly contacts = new Map<string, number[]>();
  /** By item and kind. */
  readonly rhythms = new Map<string, Rhythm>();
  /** Hourly counts that were drawn, from the rhythm's first hour on: made once, kept for the next read. */
  readonly drawn = new Map<string, number[]>();

  addLead(lead: Lead): void {
    this.leads.set(lead.id, lead);
    const own = this.byItem.get(lead.item.id) ?? [];
    this.byItem.set(lead.item.id, own);
    own.push(lead);
  }

  addContact(itemId: string, kind: ContactKind, at: Date): void {
    const key = seriesKey(itemId, kind);
    const own = this.contacts.get(key) ?? [];
    this.contacts.set(key, own);
    own.push(at.getTime());
  }

  setRhythm(itemId: string, kind: ContactKind, rhythm: Rhythm): void {
    const key = seriesKey(itemId, kind);
    this.rhythms.set(key, rhythm);
    this.drawn.delete(key);
  }

  clear(): void {
    for (const map of [this.leads, this.byItem, this.contacts, this.rhythms, this.drawn]) map.clear();
  }
}

/** Names one listing's series of one kind. */
export function seriesKey(itemId: string, kind: ContactKind): string {
  return `${itemId} ${kind}`;
}
