import { fileURLToPath } from "node:url";

/** The top of the checkout. */
export const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** Next's own command line. */
export const NEXT = fileURLToPath(new URL("../../node_modules/next/dist/bin/next", import.meta.url));
