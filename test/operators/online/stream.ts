import type { OnlineConfig } from '../../../operators/online/versions.js';
import { closeWindow, openOnline, type OnlineState } from '../../../operators/online/versions.js';
import type { OnlineEvent } from '../../../operators/online/events.js';
import { normal } from '../../../operators/random/normal.js';
import { philox } from '../../../operators/random/philox.js';
import { uniform } from '../../../operators/random/uniform.js';
import { responseCells, type ResponseCellsState } from '../../../operators/summaries/response_cells.js';
import { rowsOf, type Table } from '../summaries/rows.js';

/** A population of events: normal in the two context variables, with a response of its own. */
interface Population {
  readonly share: number;
  readonly centre: readonly [number, number];
  readonly width: readonly [number, number];
  readonly bias: number;
}

export const POPULATIONS: readonly Population[] = [
  { share: 0.4, centre: [80, 1], width: [8, 0.15], bias: -0.003 },
  { share: 0.3, centre: [160, 3], width: [10, 0.2], bias: 0.002 },
  { share: 0.3, centre: [320, 1.5], width: [20, 0.2], bias: -0.012 },
];

/** One that comes later, at high H_T. */
export const NEWCOMER: Population = { share: 0.3, centre: [500, 3], width: [20, 0.2], bias: -0.05 };

export interface Drawn {
  readonly seed?: number;
  readonly events?: number;
  readonly populations?: readonly Population[];
  /** Added to δ, of training events alone or of all. */
  readonly shift?: number;
  readonly trainingShift?: number;
}

const SIGMA = 0.02;
const CELLS = { dimensions: 2, groups: 3, maxCells: 512 };

/** The events of one window, 70/15/15 train, validation and test. */
export function draw(number: number, { seed = 1, events = 2000, populations = POPULATIONS, ...shifts }: Drawn): Table {
  const [columns, group]: [number[][], number[]] = [[[], [], []], []];
  const words = new Uint32Array(4);
  const at = (i: number, lane: number): number => {
    philox(i, number, lane, 0, seed, 0, words);
    return uniform(words[0]!, words[1]!);
  };
  const total = populations.reduce((sum, { share }) => sum + share, 0);
  for (let i = 0; i < events; i++) {
    let left = at(i, 0) * total;
    const { centre, width, bias } = populations.find(({ share }) => (left -= share) < 0) ?? populations[0]!;
    const u = at(i, 1);
    group.push(u < 0.7 ? 0 : u < 0.85 ? 1 : 2);
    centre.forEach((mean, d) => columns[d]!.push(mean + width[d]! * normal(at(i, 2 + d))));
    const shift = (shifts.shift ?? 0) + (group[i] === 0 ? (shifts.trainingShift ?? 0) : 0);
    columns[2]!.push(bias + shift + SIGMA * normal(at(i, 4)));
  }
  return { columns, group };
}

export function cellsOf(table: Table, index?: readonly number[]): ResponseCellsState {
  const cells = responseCells.create(CELLS);
  responseCells.fill(cells, rowsOf(table, index));
  return cells;
}

export const CONFIG: OnlineConfig = {
  variables: ['H_T', 'abs_deta'].map((name) => ({
    name,
    words: { low: `low ${name}`, high: `high ${name}`, title: name },
  })),
  learn: 4,
  every: 1,
  memory: { kind: 'sliding', windows: 4 },
  regimes: { count: 3, standardise: true, seed: 1 },
  correction: { level: 0.05, harmLevel: 0.05, minimum: 100, layers: ['regime'] },
  remap: { gain: 0.05, vanished: 0.001, farthest: 0.5 },
  minimumEvents: 1000,
  level: 0.01,
  trial: { events: 1000, level: 0.05 },
};

/** Closes windows 0 .. count − 1, each as `drawn` says. */
export function run(
  config: OnlineConfig,
  count: number,
  drawn: (number: number) => Drawn,
): { state: OnlineState; events: OnlineEvent[] } {
  let state = openOnline(config);
  const events: OnlineEvent[] = [];
  for (let number = 0; number < count; number++) {
    const closed = closeWindow(state, { number, cells: cellsOf(draw(number, drawn(number))) });
    state = closed.state;
    events.push(...closed.events);
  }
  return { state, events };
}
