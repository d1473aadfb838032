import { Fragment } from "react";
import { segmentsOf } from "@/lib/shared/view/rich-text";

/** A message's words with their line breaks and safe links. Never markup of the sender. */
export function RichText({ text }: { text: string }) {
  return segmentsOf(text).map((segment, index) => {
    // Segments have no identity of their own and never move: a message's text does not change.
    const key = `${index}`;
    if (segment.kind === "break") return <br key={key} />;
    if (segment.kind === "text") return <Fragment key={key}>{segment.text}</Fragment>;
    return (
      <a
        key={key}
        href={segment.href}
        target="_blank"
        rel="noopener noreferrer nofollow"
        className="break-all text-accent underline underline-offset-2"
      >
        {segment.text}
      </a>
    );
  });
}
