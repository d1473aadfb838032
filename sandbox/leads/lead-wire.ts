import type { Lead, LeadBuyer } from "@/sandbox/leads/model";
import type { World } from "@/sandbox/world/world";

/** One lead inside a person's row (questions-and-contacts.md 4.2). */
export function wireRowLead(world: World, lead: Lead): object {
  const { id, type, createdAt, externalId, item, status, subStatus, buyer } = lead;
  const extras = world.settings.leadExtraFields
    ? { buyer_id: numberOf(buyer), ...(subStatus === null ? {} : { sub_status: subStatus }) }
    : {};
  return {
    id,
    uuid: id,
    channel: type,
    contact_type: type,
    created_at: createdAt.toISOString(),
    external_id: externalId,
    item_id: item.id,
    status,
    ...extras,
  };
}

/** A guest's lead in the list (questions-and-contacts.md 4.2). */
export function wireGuestLead({ id, type, status, createdAt }: Lead): object {
  return { id, contact_type: type, status, created_at: createdAt.toISOString() };
}

/** `GET /vis/leads/{id}`; a visit is called `schedule` (questions-and-contacts.md 4.2). */
export function wireLead(world: World, lead: Lead): object {
  const { id, item, createdAt, type, externalId, status, subStatus, buyer } = lead;
  return {
    id,
    item_id: item.id,
    created_at: createdAt.toISOString(),
    contact_type: type === "visit_request" ? "schedule" : type,
    external_id: externalId,
    status,
    ...(world.settings.leadExtraFields && subStatus !== null ? { sub_status: subStatus } : {}),
    buyer_id: numberOf(buyer),
    ...personOf(world, buyer, ["name", "email", "phone"]),
  };
}

/** `GET /leads/{id}/details` (questions-and-contacts.md 4.2). */
export function wireDetails(world: World, lead: Lead): object {
  const { id, item, createdAt, type, externalId, status, buyer, details } = lead;
  return {
    id,
    item_id: item.id,
    created_at: createdAt.toISOString(),
    contact_type: type,
    external_id: externalId,
    status,
    buyer_id: numberOf(buyer),
    ...personOf(world, buyer, ["name", "email", "phone", "identification_type"]),
    ...renamed(personOf(world, buyer, ["identification_number"]), world.settings.leadIdentificationKey),
    details: {
      color: details?.color ?? null,
      zip_code: details?.zipCode ?? null,
      dealership: details?.dealership ?? null,
    },
  };
}

/** `GET /vis/loans/{id}`: its fields are not printed; those of a lead, with whose it is (questions-and-contacts.md 4.2). */
export function wireLoan(world: World, lead: Lead): object {
  return { ...wireLead(world, lead), seller_id: Number(lead.item.localSellerId) };
}

/** Personal fields, of logged-in buyers only; each may be null (questions-and-contacts.md 4.2). */
export function personOf(
  world: World,
  buyer: LeadBuyer | null,
  keys: readonly PersonKey[],
): Record<string, string | null> {
  const { leadPersonalData } = world.settings;
  if (leadPersonalData === "absent") return {};
  const isTold = leadPersonalData === "present";
  return Object.fromEntries(keys.map((key) => [key, isTold && buyer ? buyer[FIELDS[key]] : null]));
}

const FIELDS = {
  name: "name",
  email: "email",
  phone: "phone",
  identification_number: "identificationNumber",
  identification_type: "identificationType",
} as const;

export type PersonKey = keyof typeof FIELDS;

function renamed(fields: Record<string, string | null>, key: string): Record<string, string | null> {
  return Object.fromEntries(Object.values(fields).map((value) => [key, value]));
}

function numberOf(buyer: LeadBuyer | null): number | null {
  return buyer ? Number(buyer.id) : null;
}
