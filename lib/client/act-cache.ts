import type { ActView } from "@/lib/shared/api/claim";
import type { ThreadView } from "@/lib/shared/api/thread";

/** The claim with one act put in or replaced. Pure. */
export function withAct(view: ThreadView, act: ActView): ThreadView {
  if (view.claim === null) return view;
  const { acts } = view.claim;
  const isKnown = acts.some(({ id }) => id === act.id);
  return {
    ...view,
    claim: {
      ...view.claim,
      acts: isKnown ? acts.map((other) => (other.id === act.id ? act : other)) : [...acts, act],
    },
  };
}
