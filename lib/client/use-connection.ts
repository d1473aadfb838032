import { useSyncExternalStore } from "react";
import { type Connection, isLineLate, readConnection, subscribeConnection } from "@/lib/client/connection";

/** Null until the page runs. */
export function useConnection(): Connection | null {
  return useSyncExternalStore<Connection | null>(subscribeConnection, readConnection, () => null);
}

/** The line has been down for long enough to say so. */
export function useIsLate(): boolean {
  return useSyncExternalStore(subscribeConnection, isLineLate, () => false);
}
