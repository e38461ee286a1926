import type { SkimChunk } from '../skim.js';
import { copyFloor, floorOf } from './floor.js';
import { peekWindow, windowsHeld } from './held_rows.js';
import type { OpenWindow, Partition } from './partition.js';

/** Windows that are complete and filled, rising: to be told, and then forgotten by `forgetWindow`. */
export function completeWindows(partition: Partition): OpenWindow[] {
  const below = floorOf(partition.floor);
  return [...partition.windows.values()]
    .filter(({ number }) => number < below && number <= partition.through)
    .sort((a, b) => a.number - b.number);
}

export function forgetWindow(partition: Partition, number: number): void {
  partition.windows.delete(number);
}

/** Rows of complete windows that were not sent yet, while there are no models. They stay held. */
export function rowsToShip(partition: Partition): { number: number; chunks: SkimChunk[] }[] {
  const below = floorOf(partition.floor);
  const { held, id, shipped } = partition;
  return windowsHeld(held, id)
    .filter((number) => number < below && number > shipped)
    .map((number) => ({ number, chunks: peekWindow(held, number, id) }));
}

/** Lowest window that may still be told, and whose rows may still be sent; `ended`: no event comes any more. */
export function progressOf(partition: Partition, ended: boolean): { done: number; shipped: number } {
  const below = ended ? Infinity : floorOf(partition.floor);
  const untold = [...partition.windows.keys()].reduce((a, b) => Math.min(a, b), below);
  const unshipped = windowsHeld(partition.held, partition.id).find((number) => number > partition.shipped);
  return { done: untold, shipped: Math.min(unshipped ?? below, below) };
}

/**
 * Nothing more will come for the windows there are: they are complete. A later event of theirs is late. Done again it
 * changes nothing: the highest window that was seen is open until it is passed. `offset`: of the next message.
 */
export function passAll(partition: Partition, offset: number): void {
  const { lateness } = partition.floor;
  const highest = [...partition.windows.keys()].reduce((a, b) => Math.max(a, b), -Infinity);
  if (highest < floorOf(partition.floor) || highest === -Infinity) return;
  partition.floor = { lateness, top: Array<number>(lateness + 1).fill(highest + 1) };
  partition.passes = [...partition.passes, { offset, floor: copyFloor(partition.floor) }];
}
