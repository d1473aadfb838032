import { useContext } from "react";
import { type ClaimDesk, ClaimDeskContext } from "./kit-context";

/** The open claim. Parts of the kit are drawn nowhere else.
 *  @throws Error outside of one */
export function useDesk(): ClaimDesk {
  const desk = useContext(ClaimDeskContext);
  if (desk === null) throw new Error("a part of a claim was drawn outside of one");
  return desk;
}
