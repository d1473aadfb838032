/** Ids are kept as strings everywhere: they exceed int32 and sometimes 2^53 (messages.md 1). */
type Branded<Name extends string> = string & { readonly __brand: Name };

/** A Mercado Libre user id that granted us access: the account. */
export type AccountId = Branded<"AccountId">;
/** Our own user: a person who signs in. */
export type UserId = Branded<"UserId">;
/** A revocable session of one browser. */
export type SessionId = Branded<"SessionId">;
/** Our row number of a thread. Never shown in an address: addresses carry Mercado Libre's own id. */
export type ThreadId = Branded<"ThreadId">;
/** A file that waits in our store to be sent. */
export type FileId = Branded<"FileId">;
/** A row of the outbox. */
export type OutboxId = Branded<"OutboxId">;
/** One run of a process that works: what its leases are signed with. */
export type WorkerId = Branded<"WorkerId">;

export const accountId = (value: string) => value as AccountId;
export const userId = (value: string) => value as UserId;
export const sessionId = (value: string) => value as SessionId;
export const threadId = (value: string) => value as ThreadId;
export const fileId = (value: string) => value as FileId;
export const outboxId = (value: string) => value as OutboxId;
export const workerId = (value: string) => value as WorkerId;
