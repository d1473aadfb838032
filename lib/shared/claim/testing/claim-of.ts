import type { Claim } from "@/lib/shared/api/claim";

/** A claim on a defective product, just opened and unanswered, unless told otherwise. */
export function claimOf(changes: Partial<Claim> = {}): Claim {
  return {
    id: "5300000001",
    type: "mediations",
    stage: "claim",
    status: "opened",
    resource: "order",
    resourceId: "2000010000000001",
    reasonId: "PDD9939",
    isDelivered: true,
    quantity: 1,
    createdAt: new Date("2026-11-16T14:00:00Z"),
    updatedAt: new Date("2026-11-16T14:00:00Z"),
    role: "respondent",
    actions: [],
    isActionsUnsure: false,
    others: [],
    detail: null,
    reason: null,
    expected: [],
    history: [],
    stages: [],
    reputation: null,
    resolution: null,
    return: null,
    returnCost: null,
    change: null,
    evidences: [],
    unread: [],
    isWhole: true,
    ...changes,
  };
}
