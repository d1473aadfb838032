import "server-only";

/** A Content-Disposition that no file name can break out of (RFC 6266, RFC 8187). Pure. */
export function dispositionOf(name: string, kind: "attachment" | "inline" = "attachment"): string {
  const clean = name.replace(/[\p{Cc}\p{Cf}]/gu, "").replace(/[/\\]/g, "_") || "file";
  const ascii =
    clean
      .normalize("NFKD")
      .replace(/[^\x20-\x7e]/g, "")
      .replace(/["\\%]/g, "_")
      .trim() || "file";
  const encoded = encodeURIComponent(clean).replace(
    /['()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${kind}; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}
