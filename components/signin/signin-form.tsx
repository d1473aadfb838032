"use client";

import ChevronDown from "lucide-react/icons/chevron-down";
import { useActionState } from "react";
import { Button, type ButtonSize } from "@/components/ui/button";
import { cx } from "@/components/ui/cx";
import { Notice } from "@/components/ui/notice";
import type { SiteId } from "@/lib/shared/sites";
import { type SiteOption, siteOfField } from "./site-choice";
import { startSignin } from "./start-signin";

export interface SigninFormWords {
  country: string;
  /** What the button shows, and its whole accessible name. */
  button: string;
  buttonName: string;
  busy: string;
  failedTitle: string;
  failedBody: string;
}

/** The country of the account and the one button that leads to Mercado Libre's consent. A press before the page is
 *  interactive is kept by React and acted on as soon as it is. */
export function SigninForm({
  sites,
  preselected,
  connect,
  words,
  size = "lg",
  className,
}: {
  sites: readonly SiteOption[];
  preselected: SiteId;
  connect: string | null;
  words: SigninFormWords;
  size?: ButtonSize;
  className?: string;
}) {
  const [hasFailed, start, isBusy] = useActionState(async (_: boolean, form: FormData) => {
    try {
      await startSignin({ site: siteOfField(form.get("site")) ?? preselected, connect });
      return false;
    } catch {
      return true;
    }
  }, false);
  return (
    <form action={start} className={cx("flex flex-col gap-4", className)}>
      {hasFailed && (
        <Notice tone="due" role="alert" title={words.failedTitle}>
          {words.failedBody}
        </Notice>
      )}
      <label className="flex flex-col gap-1.5">
        <span className="font-medium text-ink-2 text-sm">{words.country}</span>
        <span className="relative">
          <select name="site" defaultValue={preselected} className={SELECT}>
            {sites.map((site) => (
              <option key={site.id} value={site.id}>
                {site.name}
              </option>
            ))}
          </select>
          <ChevronDown
            aria-hidden="true"
            className="pointer-events-none absolute top-1/2 right-3 size-4 -translate-y-1/2 text-ink-3"
          />
        </span>
      </label>
      <Button type="submit" variant="primary" size={size} isBusy={isBusy} aria-label={words.buttonName}>
        {isBusy ? words.busy : words.button}
      </Button>
    </form>
  );
}

const SELECT =
  "h-11 w-full appearance-none rounded-1 border border-line-strong bg-pane pr-10 pl-3 text-ink text-md hover:border-ink-3";
