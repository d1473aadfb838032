import { NotFoundScreen } from "@/components/status/not-found-screen";

export default function NotFound() {
  return (
    <main className="grid min-h-dvh place-items-center">
      <NotFoundScreen />
    </main>
  );
}
