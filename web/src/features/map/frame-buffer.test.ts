import { expect, test, vi } from "vitest";
import { FRAME_MS, FrameBuffer, mergePositions } from "./frame-buffer";
import type { Position } from "./officers-api";

function at(id: string, minute: number, changed: Partial<Position> = {}): Position {
  return {
    officer: { id, user: { name: `Officer ${id}` }, phone: "254711000001", isActive: true },
    latitude: minute,
    longitude: 36,
    accuracy: 10,
    activityType: "TRAVEL",
    batteryLevel: 80,
    recordedAt: new Date(Date.UTC(2026, 10, 22, 9, minute)).toISOString(),
    ...changed,
  };
}

test("draws once a frame, with the newest position of each officer", () => {
  vi.useFakeTimers();
  const draw = vi.fn();
  const buffer = new FrameBuffer(draw);
  for (let minute = 0; minute < 50; minute += 1) buffer.push(at("a", minute));
  buffer.push(at("b", 3));
  expect(draw).not.toHaveBeenCalled();
  vi.advanceTimersByTime(FRAME_MS);
  expect(draw).toHaveBeenCalledOnce();
  expect(draw.mock.calls[0]?.[0].map(({ latitude }: Position) => latitude)).toEqual([49, 3]);
});

test("a late position does not move an officer back", () => {
  vi.useFakeTimers();
  const draw = vi.fn();
  const buffer = new FrameBuffer(draw);
  buffer.push(at("a", 10));
  buffer.push(at("a", 4));
  vi.advanceTimersByTime(FRAME_MS);
  expect(draw.mock.calls[0]?.[0][0].latitude).toBe(10);
  expect(mergePositions([at("a", 10)], [at("a", 4)])[0]?.latitude).toBe(10);
});

test("rests when nothing moves, and draws nothing once stopped", () => {
  vi.useFakeTimers();
  const draw = vi.fn();
  const buffer = new FrameBuffer(draw);
  vi.advanceTimersByTime(10 * FRAME_MS);
  expect(draw).not.toHaveBeenCalled();
  buffer.push(at("a", 1));
  buffer.stop();
  vi.advanceTimersByTime(10 * FRAME_MS);
  expect(draw).not.toHaveBeenCalled();
  expect(vi.getTimerCount()).toBe(0);
});

test("who moved is merged in, who is new is added, who stands stays", () => {
  const merged = mergePositions([at("a", 1), at("b", 1)], [at("b", 2), at("c", 2)]);
  expect(merged.map(({ officer, latitude }) => [officer.id, latitude])).toEqual([
    ["a", 1],
    ["b", 2],
    ["c", 2],
  ]);
});
