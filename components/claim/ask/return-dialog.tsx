"use client";

import { useQuery } from "@tanstack/react-query";
import { useRef } from "react";
import { useDesk } from "@/components/claim/use-desk";
import { actOptionsOptions } from "@/lib/client/queries";
import { AskFrame } from "./ask-frame";
import { OptionsState, useOptionsStop } from "./options-state";
import { useAsk, useStop } from "./use-ask";
import { useConfirm } from "./use-confirm";

/** Asks before a return is accepted, with what its way back costs where Mercado Libre tells. */
export function ReturnDialog({ onClose }: { onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const { viewer, threadRef, view, claim } = useDesk();
  const ref = { ...threadRef, account: view.row.accountId };
  const options = useQuery(actOptionsOptions(viewer, ref, "allowReturn"));
  const { confirm, isBusy, problem } = useConfirm(dialog);
  const told = options.data?.kind === "allowReturn" ? options.data.cost : null;
  const ask = useAsk("allowReturn", null, told ?? claim.facts.returnCost);
  const stop = useStop("allowReturn");
  const closed = useOptionsStop(options.data);
  return (
    <AskFrame
      ask={ask}
      missing={null}
      stop={stop ?? closed}
      isBusy={isBusy}
      problem={problem}
      dialog={dialog}
      onConfirm={() => confirm({ kind: "allowReturn" })}
      onClose={onClose}
    >
      {/* What it costs is good to know; not knowing it keeps nobody from accepting. */}
      <OptionsState query={options} />
    </AskFrame>
  );
}
