import { NotFoundScreen } from "@/components/status/not-found-screen";

export default function NotFound() {
  return (
    <div className="grid min-h-full place-items-center">
      <NotFoundScreen />
    </div>
  );
}
