import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { afterPaint } from "./after-paint";

const frames = new Map<number, () => void>();

beforeEach(() => {
  vi.useFakeTimers();
  frames.clear();
  vi.stubGlobal("requestAnimationFrame", (run: () => void) => frames.set(frames.size + 1, run).size);
  vi.stubGlobal("cancelAnimationFrame", (id: number) => frames.delete(id));
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function drawFrame(): void {
  for (const run of frames.values()) run();
  frames.clear();
}

it("runs in the task after the next frame, once", () => {
  const run = vi.fn();
  afterPaint(run);
  vi.runAllTimers();
  expect(run).not.toHaveBeenCalled();
  drawFrame();
  expect(run).not.toHaveBeenCalled();
  vi.runAllTimers();
  drawFrame();
  vi.runAllTimers();
  expect(run).toHaveBeenCalledTimes(1);
});

it("can be called off before the frame and after it", () => {
  const run = vi.fn();
  afterPaint(run)();
  drawFrame();
  const stop = afterPaint(run);
  drawFrame();
  stop();
  vi.runAllTimers();
  expect(run).not.toHaveBeenCalled();
});
