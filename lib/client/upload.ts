import * as z from "zod/mini";
import { failureOf } from "@/lib/client/api";
import { ApiError } from "@/lib/client/api-error";
import { reportOffline, reportOnline } from "@/lib/client/online";
import { FileSchema, type FileView } from "@/lib/shared/api/thread";

export interface UploadOptions {
  /** The type found by content, sent as the content type. */
  type: string;
  signal: AbortSignal;
  /** Share of the bytes that left, 0 to 1. */
  onProgress(share: number): void;
}

/** Uploads one file with progress: fetch cannot tell how far an upload is.
 *  @throws ApiError, or the signal's reason when it was cancelled. */
export function uploadFile(path: string, file: Blob, options: UploadOptions): Promise<FileView> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", path);
    request.setRequestHeader("content-type", options.type);
    request.setRequestHeader("accept", "application/json");
    request.upload.onprogress = (event) => {
      if (event.lengthComputable && event.total > 0) options.onProgress(event.loaded / event.total);
    };
    request.onerror = () => {
      reportOffline();
      reject(new ApiError("offline"));
    };
    request.onabort = () => reject(options.signal.reason);
    request.onload = () => {
      reportOnline();
      const body = parseJson(request.responseText);
      if (request.status < 200 || request.status > 299) return reject(failureOf(request.status, body));
      const parsed = z.safeParse(FileSchema, body);
      if (parsed.success) resolve(parsed.data);
      else reject(new ApiError("bug", { status: request.status }, { cause: parsed.error }));
    };
    options.signal.addEventListener("abort", () => request.abort(), { once: true });
    request.send(file);
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
