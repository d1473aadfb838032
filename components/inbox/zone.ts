import { createContext, useContext } from "react";

/** The zone of every time in the inbox (seller-zone.ts). */
export const ZoneContext = createContext("UTC");

export const useZone = (): string => useContext(ZoneContext);
