import { describe, expect, test } from 'vitest';
import { alertRules } from '../../../dashboards/alert_rules.js';
import { recordingRules } from '../../../dashboards/recording_rules.js';
import type { Scrape } from '../../../operators/alerts/types.js';
import { createBoard, type Board } from '../../../runtime/alerts/board.js';
import type { WindowReport } from '../../../schemas/window_report.js';
import type { PageAlert } from '../../../schemas/page.js';
import { countWindow, NO_WINDOWS } from '../../../sinks/prometheus/count_window.js';
import { samplesOf } from '../../../sinks/prometheus/samples.js';
import { windowFamilies } from '../../../sinks/prometheus/window_families.js';
import { workerFamilies } from '../../../sinks/prometheus/worker_families.js';
import { bundled } from '../../support/rules_pipeline.js';
import { windowReports } from '../../support/window_reports.js';
import { workerFacts } from '../../support/worker_facts.js';

const pipeline = bundled('dilepton');
const options = { rules: alertRules(pipeline), records: recordingRules(pipeline), runbooks: 'docs/runbooks/' };
const DRIFT = 12;
const CORRECTED = 18;
const reports = windowReports({ windows: 24, driftFrom: DRIFT, correctedFrom: CORRECTED });
const T0 = 1_750_000_000;

/** What a worker says after the window, one every ten seconds; `later` seconds after it closed. */
function scrapeAt(index: number, later = 0, from: readonly WindowReport[] = reports): Scrape {
  const closed = from.slice(0, index + 1);
  const facts = { ...workerFacts, counts: closed.reduce(countWindow, NO_WINDOWS), closedAt: 1000 * (T0 + 10 * index) };
  const read = closed.reduce((sum, { events }) => sum + events, 0);
  const events = { ...workerFacts.events, read, used: read, rejected: {} };
  const families = [...workerFamilies({ ...facts, events }), ...windowFamilies(closed[index]!)];
  return { time: T0 + 10 * index + later, samples: samplesOf(families, { pipeline: 'dilepton' }) };
}
const run = (board: Board, from: number, to: number): PageAlert[] =>
  Array.from({ length: to - from + 1 }, (_, i) => from + i).flatMap(
    (index) => board.update(scrapeAt(index), reports[index]!.window).changed,
  );
const brief = ({ name, state, labels }: PageAlert): string => `${name} ${labels['regime'] ?? ''} ${state}`;
const bias = (alerts: readonly PageAlert[]): PageAlert[] => alerts.filter(({ name }) => name === 'HighBias');

describe('a drift at high H_T, and a correction that takes it back', () => {
  const board = createBoard(options);

  test('sane windows: nothing', () => {
    expect(run(board, 0, DRIFT - 1)).toEqual([]);
    expect(board.alerts()).toEqual([]);
  });

  test('it fires at the first bad window, by regime, and says what and how sure', () => {
    const { alerts, changed } = board.update(scrapeAt(DRIFT), reports[DRIFT]!.window);
    expect(bias(changed).map(brief).sort()).toEqual(['HighBias 2 firing', 'HighBias 3 firing']);
    const [one] = bias(alerts);
    expect(one).toMatchObject({
      severity: 'page',
      firedWindow: 112,
      resolvedAt: null,
      limit: 0.005,
      inhibitedBy: null,
    });
    expect(one!.activeAt).toBe(1000 * (T0 + 10 * DRIFT));
    expect(one!.summary).toMatch(/^Bias of -\d\.\d+% ± 0\.\d+% in regime \d \(high H_T, (close|wide)\), as delivered$/);
    expect(one!.description).toMatch(/is \d+(\.\d+)? errors from 0; .* Window 112, \d+ events of the regime/);
    expect(one!.runbook).toBe('docs/runbooks/HighBias.md');
    expect(one!.value).toBe(reports[DRIFT]!.regimes[Number(one!.labels['regime'])]!.corrected!.core.value);
  });

  test('what else the drift brings is explained by it', () => {
    run(board, DRIFT + 1, CORRECTED - 1);
    const others = board.alerts().filter(({ name, state }) => name !== 'HighBias' && state === 'firing');
    expect(others.length).toBeGreaterThan(1);
    expect(new Set(others.map(({ inhibitedBy, severity }) => `${severity} ${inhibitedBy}`))).toEqual(
      new Set(['ticket HighBias', 'info null']),
    );
  });

  test('an acknowledgement stays with the alert', () => {
    const { id } = bias(board.alerts())[0]!;
    expect(board.acknowledge(id, 'looking at it', 5)).toMatchObject({
      id,
      acknowledged: { at: 5, note: 'looking at it' },
    });
    expect(board.acknowledge('none', '', 5)).toBeNull();
    board.update(scrapeAt(CORRECTED - 1, 5), 117);
    expect(board.alerts().find((alert) => alert.id === id)!.acknowledged).toEqual({ at: 5, note: 'looking at it' });
  });

  test('it ends with the first corrected window, and becomes history', () => {
    const changed = run(board, CORRECTED, CORRECTED);
    expect(bias(changed).map(brief).sort()).toEqual(['HighBias 2 resolved', 'HighBias 3 resolved']);
    expect(bias(changed)[0]).toMatchObject({ resolvedWindow: 118, resolvedAt: 1000 * (T0 + 10 * CORRECTED) });
    expect(changed.filter(({ state }) => state === 'firing')).toEqual([]);
    run(board, CORRECTED + 1, reports.length - 1);
    expect(board.alerts().filter(({ state }) => state !== 'resolved')).toEqual([]);
  });

  test('what is shown is plain data', () => {
    expect(JSON.parse(JSON.stringify(board.alerts()))).toEqual(board.alerts());
  });
});

test('a restart in the middle: the same alerts, with the same ids, go on and end', () => {
  const whole = createBoard(options);
  const first = createBoard(options);
  for (const board of [whole, first]) run(board, 0, DRIFT + 2);
  const second = createBoard({ ...options, restored: first.alerts() });
  // A pending one begins anew.
  expect(second.alerts()).toEqual(first.alerts().filter(({ state }) => state !== 'pending'));
  for (const board of [whole, second]) run(board, DRIFT + 3, reports.length - 1);
  // What is looked back at begins anew; what is of windows is the same.
  const ofWindows = (board: Board) => board.alerts().filter(({ name }) => name !== 'CorrectionRefused');
  expect(ofWindows(second)).toEqual(ofWindows(whole));
});

test('silence is an alert, and the next window ends it', () => {
  const board = createBoard(options);
  run(board, 0, 3);
  const silent = board.update(scrapeAt(3, pipeline.alerts.silent_seconds + 5), 103).changed;
  expect(silent.filter(({ severity }) => severity === 'page').map(brief)).toContain('NoData  firing');
  expect(silent.find(({ name }) => name === 'NoData')!.description).toContain('2m 5s');
  const next: Scrape = {
    time: T0 + 200,
    samples: scrapeAt(4).samples.map((one) =>
      one.name === 'regimewatch_window_closed_timestamp_seconds' ? { ...one, value: T0 + 200 } : one,
    ),
  };
  expect(board.update(next, 104).changed.map(brief)).toContain('NoData  resolved');
});

test('a poor window does not end an alert, and shows no number that it does not have', () => {
  const board = createBoard(options);
  run(board, 0, DRIFT);
  const before = bias(board.alerts());
  const poor: WindowReport = {
    ...reports[DRIFT + 1]!,
    regimes: reports[DRIFT + 1]!.regimes.map(({ regime, label, share, why }) => ({
      ...{ regime, label, share, why, n: 3, verdict: 'null' as const },
    })),
  };
  board.update(scrapeAt(DRIFT + 1, 0, [...reports.slice(0, DRIFT + 1), poor]), 113);
  const after = bias(board.alerts());
  expect(after.map(({ id, state, value }) => [id, state, value])).toEqual(
    before.map(({ id, value }) => [id, 'firing', value]),
  );
  expect(after[0]!.summary).toMatch(/^Bias of unknown in regime/);
});

test('many windows in a second, and a clock that is set back, are no increase', () => {
  const board = createBoard(options);
  for (let i = 0; i < 500; i++) board.update({ ...scrapeAt(5), time: T0 + i / 1000 }, 105);
  board.update({ ...scrapeAt(6), time: T0 - 100 }, 106);
  expect(board.alerts().filter(({ state }) => state === 'firing')).toEqual([]);
});

describe('a zone, a window a minute: drift, correction, and what it leaves', () => {
  const zoneOf = ({ zones = [] }: WindowReport) => zones.filter(({ quantity }) => quantity === 'corrected');
  const zone = zoneOf(reports[DRIFT]!);
  const story = windowReports({ windows: 34, driftFrom: DRIFT, correctedFrom: CORRECTED });
  /** Changes of the alerts on the zone, as 'window name quantity state explained'. */
  function told(from: readonly WindowReport[]): string[] {
    const board = createBoard(options);
    return from.flatMap((report, index) => {
      const time = T0 + 60 * index;
      const samples = scrapeAt(index, 0, from).samples.map((one) =>
        one.name === 'regimewatch_window_closed_timestamp_seconds' ? { ...one, value: time } : one,
      );
      return board
        .update({ time, samples }, report.window)
        .changed.filter(({ labels }) => 'quantity' in labels)
        .map(
          ({ name, labels, state, inhibitedBy }) =>
            `${index} ${name} ${labels['quantity']!} ${state}${inhibitedBy === null ? '' : ` by ${inhibitedBy}`}`,
        );
    });
  }

  test('it is there in three windows, explained; what is left in the first two of the correction is no alert', () => {
    const left = story.map((report, index) =>
      index === CORRECTED || index === CORRECTED + 1 ? { ...report, zones: zone } : report,
    );
    expect(left.map((report) => zoneOf(report).length).slice(DRIFT, CORRECTED + 3)).toEqual([
      1, 1, 1, 1, 1, 1, 1, 1, 0,
    ]);
    expect(told(left)).toEqual([
      ...[
        `${DRIFT + 2} DangerZoneOnset corrected firing by HighBias`,
        `${DRIFT + 2} DangerZoneOnset pull firing by HighBias`,
      ],
      ...[`${CORRECTED} DangerZoneOnset corrected resolved`, `${CORRECTED} DangerZoneOnset pull resolved`],
    ]);
  });

  test('a window without it ends nothing', () => {
    const gap = story.map((report, index) => (index === DRIFT + 3 ? { ...report, zones: [] } : report));
    expect(told(gap).filter((line) => line.includes('resolved'))).toEqual(
      ['corrected', 'pull'].map((quantity) => `${CORRECTED} DangerZoneOnset ${quantity} resolved`),
    );
  });

  test('a zone that stays is an alert of its own, two windows and one more after the bias has ended', () => {
    const stays = story.map((report, index) => (index >= CORRECTED ? { ...report, zones: zone } : report));
    const late = told(stays).filter((line) => Number(line.split(' ')[0]) > CORRECTED);
    expect(late).toEqual([`${CORRECTED + 6} DangerZoneOnset corrected firing`]);
  });

  test('one that moves down is told of as that, and the zone as explained by it', () => {
    const sound = windowReports({ windows: 40 });
    const at = (onset: number) => zone.map((one) => ({ ...one, onset, low: onset - 20, high: onset + 30 }));
    const moved = sound.map((report, index) => ({ ...report, zones: at(index < 30 ? 600 : 300) }));
    expect(told(moved)).toEqual([
      '2 DangerZoneOnset corrected firing',
      '30 DangerZoneOnset corrected firing by OnsetMovingDown',
      '30 OnsetMovingDown corrected firing',
    ]);
    expect(told(moved.map((report, index) => ({ ...report, zones: at(index < 30 ? 600 : 560) })))).toHaveLength(1);
  });
});
