import { type MouseEvent, useState } from "react";
import { type FileProblem, fileProblemOf, type ShownFile, saveFile } from "@/lib/client/preview";

export interface Saving {
  isBusy: boolean;
  problem: FileProblem | null;
  /** For the link of the file: a plain click saves it by script, so that a failure is told in words where the click was. */
  onClick(event: MouseEvent): void;
  again(): void;
}

/** Saving a file of a conversation. */
export function useSaving(file: ShownFile): Saving {
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<FileProblem | null>(null);

  async function save(isAgain: boolean): Promise<void> {
    if (isBusy) return;
    setBusy(true);
    setProblem(null);
    try {
      await saveFile(file, isAgain);
    } catch (error) {
      setProblem(fileProblemOf(error));
    }
    setBusy(false);
  }

  return {
    isBusy,
    problem,
    onClick(event) {
      // Any other click is the browser's: a new tab, "save as".
      if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      void save(false);
    },
    again: () => void save(true),
  };
}
