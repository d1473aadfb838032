"use client";

import Package from "lucide-react/icons/package";
import { useState } from "react";
import { pictureOf } from "@/lib/shared/view/files";

const BOX = "inline-flex size-11 shrink-0 items-center justify-center rounded-1 bg-buyer text-ink-3";

/** The picture of a listing, or a parcel where there is none or it does not load. */
export function Thumbnail({ address }: { address: string | null }) {
  const [isBroken, setBroken] = useState(false);
  const picture = pictureOf(address);
  if (picture === null || isBroken) {
    return (
      <span aria-hidden="true" className={BOX}>
        <Package className="size-5" />
      </span>
    );
  }
  return (
    <picture className="contents">
      <img
        // A picture may have failed before the page came alive.
        ref={(image) => {
          if (image?.complete && image.naturalWidth === 0) setBroken(true);
        }}
        src={picture}
        alt=""
        width={44}
        height={44}
        loading="lazy"
        decoding="async"
        referrerPolicy="no-referrer"
        onError={() => setBroken(true)}
        className={`${BOX} object-cover`}
      />
    </picture>
  );
}
