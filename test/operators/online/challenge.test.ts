import { describe, expect, it } from 'vitest';
import { challenge, type ChallengeInput } from '../../../operators/online/challenge.js';
import { openMemory, recall, remember } from '../../../operators/online/memory.js';
import { modelsAt } from '../../../operators/online/versions.js';
import { responseCells } from '../../../operators/summaries/response_cells.js';
import { cellsOf, CONFIG, draw, POPULATIONS, run, type Drawn } from './stream.js';

const SHIFT = 0.004;

/** What is to be fitted on the windows `drawn`, the last being the newest. */
function input(drawn: readonly Drawn[], current: ChallengeInput['current'] = null): ChallengeInput {
  const windows = drawn.map((each, number) => {
    const cells = cellsOf(draw(number, { events: 5000, ...each }));
    responseCells.settle(cells);
    return cells;
  });
  const memory = windows.reduce((all, cells, i) => remember(all, i, cells), openMemory({ kind: 'cumulative' }));
  return { ...recall(memory)!, newest: windows.at(-1)!, current, unusedId: current?.regimes.ids.length ?? 0 };
}

function fitted(drawn: readonly Drawn[], current: ChallengeInput['current'] = null) {
  const found = challenge(input(drawn, current), CONFIG);
  if ('kept' in found) throw new Error(found.kept);
  return found;
}

const kept = (drawn: readonly Drawn[], current: ChallengeInput['current']): string => {
  const found = challenge(input(drawn, current), CONFIG);
  return 'kept' in found ? found.kept : 'fitted';
};

/** Constants of a correction by regime. */
const constants = (models: ReturnType<typeof modelsAt>['inEffect']): number[] =>
  models!.correction.coefficients.map(([c]) => c!);

describe('challenge', () => {
  const first = fitted([{}, {}, {}, {}]);

  it('starts with regimes 0, 1, 2 and the correction by regime, to be tried against none', () => {
    expect([first.models.regimes.ids, first.births, first.deaths, first.unusedId]).toEqual([
      [0, 1, 2],
      [0, 1, 2],
      [],
      3,
    ]);
    POPULATIONS.forEach(({ bias }, r) => {
      // Four errors of the mean of at least 4,000 training events.
      expect(Math.abs(constants(first.models)[r]! - bias)).toBeLessThan((4 * 0.02) / Math.sqrt(4000));
    });
    expect(first.previous.correction.layer).toBe('identity');
    expect(first.previous.regimes).toEqual(first.models.regimes);
    expect(first.reason).toMatch(/^first version; correction regime: /);
  });

  it('is kept where nothing has changed', () => {
    expect(kept([{}, {}, {}, {}, {}, {}], first.models)).toMatch(/ sigma, 2\.3 wanted\)$/);
  });

  it('is fitted, on the same map, where δ has shifted', () => {
    const { models, remapped, births, deaths } = fitted(Array<Drawn>(4).fill({ shift: SHIFT }), first.models);
    expect([remapped, births, deaths, models.regimes]).toEqual([false, [], [], first.models.regimes]);
  });

  it('is kept where only its training events are bad', () => {
    expect(kept(Array<Drawn>(4).fill({ trainingShift: 0.02 }), first.models)).toMatch(/lessened by -/);
  });

  it('is kept where a bad window is remembered, but the newest is good', () => {
    const reason = kept([{ shift: 0.05 }, { shift: 0.05 }, {}], first.models);
    expect(reason).toMatch(/, but not on the newest window$/);
  });
});

describe('a stream', () => {
  it('with a shift is followed: a version with 3 of 4 windows after it is accepted within 6 windows', () => {
    for (const seed of [1, 2, 3]) {
      const { state, events } = run(CONFIG, 22, (n) => ({ seed, events: 5000, shift: n >= 12 ? SHIFT : 0 }));
      const found = events.find(({ kind, training }) => kind === 'accepted' && training!.to >= 12)!;
      expect(found.window - 12).toBeLessThan(6);
      expect(events.filter(({ kind, window }) => kind === 'accepted' && window < 12).length).toBe(1);
      POPULATIONS.forEach(({ bias }, r) => {
        expect(Math.abs(constants(modelsAt(state).inEffect)[r]! - bias - SHIFT)).toBeLessThan(SHIFT / 2);
      });
    }
  });

  it('that is stable keeps its version: less than one accepted in 100 windows', () => {
    const [streams, windows] = [6, 34];
    const config = { ...CONFIG, trial: { ...CONFIG.trial, events: 500 } };
    let accepted = 0;
    for (let seed = 1; seed <= streams; seed++) {
      const { events } = run(config, windows, () => ({ seed }));
      accepted += events.filter(({ kind }) => kind === 'accepted').length - 1;
    }
    expect(accepted).toBeLessThan((streams * (windows - CONFIG.learn)) / 100);
  });

  it('with one bad window goes back to the version before it, once', () => {
    const { state, events } = run(CONFIG, 16, (n) => ({ events: 5000, shift: n === 8 ? 0.05 : 0 }));
    const [first] = events.filter(({ kind }) => kind === 'accepted');
    const after = events.filter(({ kind, window }) => kind !== 'kept' && window >= 8);
    expect(after.map(({ kind, window }) => [kind, window])).toEqual([
      ['fitted', 8],
      ['rolled back', 10],
    ]);
    expect(after[1]).toMatchObject({ version: after[0]!.version, inEffect: first!.version, effective: 11 });
    expect(after[1]!.reason).toMatch(/ -\d+\.\d sigma, 1\.6 wanted; back to version [0-9a-f]{12}$/);
    expect(modelsAt(state).inEffect!.version).toBe(first!.version);
  });
});
