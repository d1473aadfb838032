import type { ReactNode } from "react";
import { cx } from "./cx";

export type Tone = "due" | "soon" | "fine" | "mute" | "accent";

const TONE: Readonly<Record<Tone, string>> = {
  due: "bg-due-wash text-due",
  soon: "bg-soon-wash text-soon",
  fine: "bg-fine-wash text-fine",
  mute: "bg-mute-wash text-mute",
  accent: "bg-accent-wash text-accent",
};

/** One fact in a word or two. The picture and the words say it; the colour only repeats it. */
export function Chip({
  tone,
  icon,
  className,
  children,
}: {
  tone: Tone;
  icon?: ReactNode;
  className?: string;
  children: ReactNode;
}) {
  return (
    <span
      className={cx(
        "inline-flex h-5 shrink-0 items-center gap-1 whitespace-nowrap rounded-full px-2 font-semibold text-2xs",
        "[&_svg]:size-3 [&_svg]:shrink-0",
        TONE[tone],
        className,
      )}
    >
      {icon}
      {children}
    </span>
  );
}
