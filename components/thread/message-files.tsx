"use client";

import { cx } from "@/components/ui/cx";
import type { MessageView } from "@/lib/shared/api/thread";
import { promisedPreview } from "@/lib/shared/files/preview";
import { AttachmentCard } from "./file-card";
import { ImageCard } from "./image-card";

/** The files of one message: pictures side by side, everything else as cards. */
export function MessageFiles({
  files,
  side,
}: {
  files: MessageView["attachments"];
  side: MessageView["direction"];
}) {
  const isImage = (file: (typeof files)[number]) => promisedPreview(file.name, file.type) === "image";
  const images = files.filter(isImage);
  return (
    <>
      {images.length > 0 && (
        <div className={cx("flex max-w-full flex-wrap gap-1.5", side === "out" && "justify-end")}>
          {images.map((file) => (
            <ImageCard key={file.filename} file={file} />
          ))}
        </div>
      )}
      {files.map((file) => !isImage(file) && <AttachmentCard key={file.filename} file={file} />)}
    </>
  );
}
