"use client";

import ImageOff from "lucide-react/icons/image-off";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { type FileProblem, fetchPreview, type ShownFile, viewAddress } from "@/lib/client/preview";
import { ProblemLine, SaveLink, SavingLine } from "./file-card";
import { FileMark } from "./file-facts";
import { LazyFileViewer, loadFileViewer } from "./viewer/lazy-file-viewer";
import { useShownImage } from "./viewer/shown-images";
import { useSaving } from "./viewer/use-saving";

/** A larger picture is fetched only when somebody opens it: the one of a phone's camera is no thumbnail. */
const LARGEST_THUMBNAIL = 4_000_000;

/** A picture of the conversation: a box of fixed size, so that nothing moves when it arrives; its name is the download. */
export function ImageCard({ file }: { file: ShownFile }) {
  const t = useTranslations("files.file");
  const saving = useSaving(file);
  const place = useRef<HTMLDivElement>(null);
  const [isOpen, setOpen] = useState(false);
  /** The whole picture, fetched by script: an address of this page alone. */
  const [fetched, setFetched] = useState<string | null>(null);
  const [problem, setProblem] = useState<FileProblem | null>(null);
  const isSmall = file.size === null || file.size <= LARGEST_THUMBNAIL;
  // What is no picture is not one to page to.
  useShownImage(place, problem?.kind === "belied" ? null : file);

  /** A picture that does not come says nothing: the same question, asked by script, tells why, or brings all of it. What
   *  comes whole and cannot be drawn is damaged; a line that broke, or a process that was not asked yet, damages nothing. */
  async function findOut(isAgain: boolean): Promise<void> {
    const found = await fetchPreview(file, isAgain, new AbortController().signal);
    if (found.kind === "problem") return setProblem(found.problem);
    if (found.kind !== "image") return setProblem({ kind: "belied" });
    setFetched(found.url);
    setProblem(null);
  }

  useEffect(() => () => (fetched === null ? undefined : URL.revokeObjectURL(fetched)), [fetched]);

  const latest = useRef(findOut);
  latest.current = findOut;
  useEffect(() => {
    // What failed before the page came alive told nobody.
    const picture = place.current?.querySelector("img");
    if (picture?.complete && picture.naturalWidth === 0) void latest.current(false);
  }, []);

  return (
    <div
      ref={place}
      className="relative flex w-36 min-w-0 max-w-full flex-col overflow-hidden rounded-2 border border-line bg-pane hover:border-line-strong xl:w-44"
    >
      <button
        type="button"
        aria-label={t("view", { name: file.name })}
        onPointerEnter={loadFileViewer}
        onFocus={loadFileViewer}
        onClick={() => setOpen(true)}
        className="flex h-32 w-full shrink-0 items-center justify-center bg-buyer -outline-offset-2!"
      >
        {problem !== null ? (
          <ImageOff aria-hidden="true" className="size-5 text-ink-3" />
        ) : isSmall ? (
          <picture className="contents">
            <img
              key={fetched}
              src={fetched ?? viewAddress(file.href)}
              alt=""
              width={176}
              height={128}
              loading="lazy"
              decoding="async"
              onError={() => (fetched === null ? void findOut(false) : setProblem({ kind: "broken" }))}
              className="h-32 w-full object-cover text-transparent"
            />
          </picture>
        ) : (
          <FileMark type={file.type} />
        )}
      </button>
      <div className="flex flex-col px-2.5 py-1.5">
        <SaveLink file={file} saving={saving} className="line-clamp-2" />
        {problem === null || saving.isBusy || saving.problem !== null ? (
          <SavingLine file={file} saving={saving} />
        ) : (
          <span role="status" className="text-xs">
            <ProblemLine name={file.name} problem={problem} again={() => void findOut(true)} />
          </span>
        )}
      </div>
      {isOpen && <LazyFileViewer first={file} onClose={() => setOpen(false)} />}
    </div>
  );
}
