"use client";

import dynamic from "next/dynamic";

const load = () => import("./file-viewer");

/** The viewer: nobody who reads a conversation without opening a file loads it. */
export const LazyFileViewer = dynamic(() => load().then((module) => module.FileViewer), { ssr: false });

/** Loads its script ahead, with the first sign that a file will be opened. */
export function loadFileViewer(): void {
  void load();
}
