import type { WindowReport } from '../../../../../schemas/window_report.js';
import type { FigureRow, View } from '../../view.js';

/** A window (report.index) at which something happened, how often, and what, in words: all of one kind is one mark. */
export interface Happening {
  readonly x: number;
  readonly n: number;
  readonly words: string;
}

export interface Happenings {
  readonly fired: readonly Happening[];
  readonly resolved: readonly Happening[];
  readonly accepted: readonly Happening[];
  /** A refit gave nothing better, and what was in effect stays. */
  readonly refused: readonly Happening[];
  readonly rolledBack: readonly Happening[];
  /** Another regime map, core or local model than in the window before, or a regime that came or went. */
  readonly models: readonly Happening[];
  readonly injection: readonly Happening[];
}

/** Alerts that no other explains, what became of corrections and models, what was done on purpose. */
export function happenings({ alerts, status }: View, reports: readonly WindowReport[]): Happenings {
  const shown = alerts.filter(({ inhibitedBy, state }) => inhibitedBy === null && state !== 'pending');
  const place = new Map(reports.map(({ window, index }) => [window, index]));
  const ofAlerts = (which: 'firedWindow' | 'resolvedWindow'): Happening[] =>
    once(
      shown.flatMap((alert) => {
        const x = place.get(alert[which] ?? NaN);
        return x === undefined ? [] : [{ x, words: alert.summary }];
      }),
    );
  const ofRefits = (...kinds: string[]): Happening[] =>
    once(
      reports.flatMap(({ index: x, online }) =>
        online.flatMap(({ kind, reason }) => (kinds.includes(kind) ? [{ x, words: reason }] : [])),
      ),
    );
  const others = reports.flatMap(({ index: x, models }, i) => {
    const before = reports[i - 1];
    return before && before.index === x - 1 && before.models !== models
      ? [{ x, words: `models ${before.models.slice(0, 12)} → ${models.slice(0, 12)}` }]
      : [];
  });
  const injected = place.get(status.injection?.window ?? NaN);
  return {
    fired: ofAlerts('firedWindow'),
    resolved: ofAlerts('resolvedWindow'),
    accepted: ofRefits('accepted'),
    refused: ofRefits('kept'),
    rolledBack: ofRefits('rolled back'),
    // However many regimes came and went.
    models: once([...ofRefits('birth', 'death'), ...others]).map((one) => ({ ...one, n: 1 })),
    injection: injected === undefined ? [] : [{ x: injected, n: 1, words: status.injection!.words }],
  };
}

/** One happening a window, with the words of all. */
function once(happened: readonly Pick<Happening, 'x' | 'words'>[]): Happening[] {
  const words = new Map<number, string[]>();
  for (const { x, words: more } of happened) words.set(x, [...(words.get(x) ?? []), more]);
  return [...words]
    .map(([x, all]) => ({ x, n: all.length, words: [...new Set(all)].join('; ') }))
    .sort((a, b) => a.x - b.x);
}

/** How each kind is called, in a table and for a screen reader. */
export const CALLED = {
  fired: ['alert fired', 'alerts fired'],
  resolved: ['alert resolved', 'alerts resolved'],
  accepted: ['correction accepted', 'corrections accepted'],
  refused: ['refit refused', 'refits refused'],
  rolledBack: ['correction rolled back', 'corrections rolled back'],
  models: ['change of models', 'changes of models'],
  injection: ['injection', 'injections'],
} as const satisfies Record<keyof Happenings, readonly [string, string]>;

const KINDS = Object.keys(CALLED) as (keyof Happenings)[];

/** '1 alert fired, 2 refits refused'; what did not happen is left out. */
export function happeningWords(happened: Happenings): string {
  const said = KINDS.filter((kind) => kind !== 'injection').flatMap((kind) => {
    const n = happened[kind].reduce((sum, one) => sum + one.n, 0);
    return n === 0 ? [] : [`${n} ${CALLED[kind][n === 1 ? 0 : 1]}`];
  });
  return said.length === 0 ? 'nothing happened' : said.join(', ');
}

/** Rows of the table, after those of the values. */
export const happeningRows = (happened: Happenings, reports: readonly WindowReport[]): FigureRow[] =>
  KINDS.flatMap((kind) =>
    happened[kind].map(({ x, words }) => {
      const window = reports.find(({ index }) => index === x)!.window;
      return { window, quantity: CALLED[kind][0], series: words, value: null, error: null, events: null };
    }),
  );
