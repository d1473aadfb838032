import { useSyncExternalStore } from "react";

const never = () => () => undefined;

/** Has the page come alive? What is typed or picked before would be lost: until then a field only shows. */
export function useAlive(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}
