import { Problem, wrongPipeline } from '../../operators/problem.js';
import { WINDOW } from '../pipeline_plan.js';
import { filterChunk, type SkimChunk } from '../skim.js';
import { copyFloor, floorOf, newFloor, passFloor, type Floor } from './floor.js';
import {
  closeHeld,
  heldFrom,
  heldRows,
  holdRows,
  rowsHeld,
  takeWindow,
  windowsHeld,
  type HeldFrom,
  type HeldRows,
} from './held_rows.js';
import { joinRows, type JoinedWindow, type SideRows } from './join_rows.js';

export type { JoinedWindow, SideRows } from './join_rows.js';

/** Where the rows come from: what was reconstructed, or what is true. */
export type Side = 'reco' | 'truth';

/**
 * Columns of each side; what both sides carry (the identity, the columns that make the window) is listed with one of
 * them. A side's other columns are left away; one that rows do not have is NaN in them.
 */
export interface JoinOptions {
  readonly columns: Readonly<Record<Side, readonly string[]>>;
  /** How many windows a side's log may be behind the highest that it has shown; the join's time limit. */
  readonly lateness: number;
  /** Bytes of waiting rows in memory; more goes to a temporary file in `folder`. */
  readonly maxBytes: number;
  readonly folder: string;
  /** Where a join that stopped is taken up: `joinPlace`. */
  readonly place?: Pick<JoinPlace, 'joined'> & Record<Side, Pick<SidePlace, 'floor'>>;
}

/** What a checkpoint needs of a join. Plain data. */
export interface JoinPlace {
  /** The last window that was joined; −Infinity: none was. */
  readonly joined: number;
  readonly reco: SidePlace;
  readonly truth: SidePlace;
}

/** Where a side's log must be read from, and its floor before that offset. */
export interface SidePlace {
  readonly offset: number;
  readonly floor: Floor;
}

/** A join of two logs by identity, window by window. */
export interface Join {
  readonly columns: Readonly<Record<Side, readonly string[]>>;
  readonly held: HeldRows;
  readonly floors: Readonly<Record<Side, Floor>>;
  joined: number;
}

/** The log that a side is in the store of held rows. */
const LOG = { reco: 0, truth: 1 } as const;

/** A name that both sides list is a Problem (2). */
export function openJoin({ columns, lateness, maxBytes, folder, place }: JoinOptions): Join {
  const both = columns.reco.find((name) => columns.truth.includes(name));
  if (both !== undefined)
    throw wrongPipeline(`column '${both}': both reconstruction and truth bring it; name it apart, or list it once`);
  const floor = (side: Side): Floor => (place ? copyFloor(place[side].floor) : newFloor(lateness));
  return {
    columns,
    held: heldRows(maxBytes, folder),
    floors: { reco: floor('reco'), truth: floor('truth') },
    joined: place?.joined ?? -Infinity,
  };
}

/**
 * Takes in rows that follow on a side's log; `offset`: the lowest message offset among them. Gives the number of late
 * rows: below that side's own floor when they came, they are left away. So which rows take part is a function of each
 * log alone, however the two come in. A row of a window that was joined already is one read again after a restart: it
 * was counted then. Empty: nothing changes. A window that is no finite number is a Problem.
 */
export function addSide(join: Join, side: Side, rows: SideRows, offset: number): number {
  const { length, window, keyLo, keyHi, position } = rows;
  const floor = join.floors[side];
  const before = copyFloor(floor);
  const late = new Uint8Array(length);
  const found = passFloor(floor, window, length, late);
  const keep = new Uint8Array(length);
  for (let i = 0; i < length; i++) keep[i] = late[i] === 0 && window[i]! > join.joined ? 1 : 0;
  const columns = new Map(join.columns[side].map((name) => [name, rows.columns.get(name) ?? missing(length)]));
  columns.set(WINDOW, window);
  const split = new Uint8Array(length);
  const chunk: SkimChunk = { sample: LOG[side], length, position, split, keyLo, keyHi, columns };
  holdRows(join.held, keep.includes(0) ? filterChunk(chunk, keep) : chunk, offset, before);
  return found;
}

const missing = (length: number): Float64Array => new Float64Array(length).fill(NaN);

/** Windows that both floors have passed and that hold rows, rising: they can be joined, in this order. */
export function windowsToJoin({ held, floors }: Join): number[] {
  const complete = Math.min(floorOf(floors.reco), floorOf(floors.truth));
  const windows = new Set([...windowsHeld(held, LOG.reco), ...windowsHeld(held, LOG.truth)]);
  return [...windows].filter((window) => window < complete).sort((a, b) => a - b);
}

/** Joins the first of `windowsToJoin` and forgets its rows (join_rows.ts); another window is a Problem. */
export function joinWindow(join: Join, window: number): JoinedWindow {
  if (windowsToJoin(join)[0] !== window)
    throw new Problem(1, `window ${window}: not the next to join; join the windows of windowsToJoin in their order`);
  const reco = takeWindow(join.held, window, LOG.reco);
  const truth = takeWindow(join.held, window, LOG.truth);
  join.joined = window;
  return joinRows(window, join.columns, reco, truth);
}

/** Rows of a side that wait for their window to be complete on both. */
export const rowsWaiting = ({ held }: Join, side: Side): number => rowsHeld(held, LOG[side]);

/** For the checkpoint; `next`: the offset up to which each side was added. */
export function joinPlace({ held, floors, joined }: Join, next: Readonly<Record<Side, number>>): JoinPlace {
  const place = (side: Side): SidePlace => {
    const from: HeldFrom = heldFrom(held, LOG[side]) ?? { offset: next[side], floor: null };
    return { offset: from.offset, floor: copyFloor(from.floor ?? floors[side]) };
  };
  return { joined, reco: place('reco'), truth: place('truth') };
}

export function closeJoin({ held }: Join): void {
  closeHeld(held);
}

/** No more rows come on either side: what waits is complete. */
export function passSides({ held, floors }: Join): void {
  const windows = [...windowsHeld(held, LOG.reco), ...windowsHeld(held, LOG.truth)];
  const past = windows.reduce((a, b) => Math.max(a, b), -Infinity) + 1;
  if (past === -Infinity) return;
  for (const floor of [floors.reco, floors.truth]) {
    const highest = Math.max(past, ...floor.top);
    floor.top.splice(0, floor.top.length, ...Array<number>(floor.lateness + 1).fill(highest));
  }
}
