import { type ComponentType, createContext } from "react";
import type { ThreadPaneProps } from "./thread-pane";

/** The conversation's component where its script came with the page; null where it is fetched when one is opened. */
export const ThreadPaneContext = createContext<ComponentType<ThreadPaneProps> | null>(null);
