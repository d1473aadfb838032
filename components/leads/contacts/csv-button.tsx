"use client";

import Download from "lucide-react/icons/download";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";

/** Hands over a file that is made here, of what the screen shows. */
export function CsvButton({ name, file, make }: { name: string; file: string; make: () => string }) {
  const t = useTranslations("leads.chart");
  const save = () => {
    const address = URL.createObjectURL(new Blob([make()], { type: "text/csv;charset=utf-8" }));
    const link = document.createElement("a");
    link.href = address;
    link.download = file;
    link.click();
    // The browser reads it after the press.
    setTimeout(() => URL.revokeObjectURL(address), 10_000);
  };
  return (
    <Button size="sm" onClick={save} aria-label={name} className="[&_svg]:size-4">
      <Download aria-hidden="true" />
      {t("csv")}
    </Button>
  );
}
