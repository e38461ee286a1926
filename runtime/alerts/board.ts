import { alertSamples } from '../../operators/alerts/alert_samples.js';
import { withRecords } from '../../operators/alerts/evaluate_records.js';
import { evaluateRules } from '../../operators/alerts/evaluate_rules.js';
import { inhibitorOf } from '../../operators/alerts/inhibitor.js';
import { labelKey } from '../../operators/alerts/label_sets.js';
import type { AlertRule, AlertState, RecordingRule, Scrape } from '../../operators/alerts/types.js';
import type { PageAlert } from '../../schemas/page.js';
import { rememberScrapes, wantedOf } from './remember_scrapes.js';
import { resolvedAlert, shownAlert } from './shown_alert.js';

export interface BoardOptions {
  readonly rules: readonly AlertRule[];
  /** Evaluated before the rules, for their words. */
  readonly records?: readonly RecordingRule[];
  /** How the links to runbooks begin. */
  readonly runbooks: string;
  /** Alerts of an earlier process: what fired goes on, the rest is history. */
  readonly restored?: readonly PageAlert[];
}

export interface Board {
  /**
   * Evaluates the rules at the instant of a scrape, `window` being the last closed one. `alerts`: all, newest first;
   * `changed`: those that fired, ended, or were explained or no longer explained by another; a pending one is not among them.
   */
  readonly update: (scrape: Scrape, window: number | null) => { alerts: PageAlert[]; changed: PageAlert[] };
  /** The alert, acknowledged at `at` (ms); null: there is none of this id. */
  readonly acknowledge: (id: string, note: string, at: number) => PageAlert | null;
  readonly alerts: () => PageAlert[];
}

/** Most alerts that have ended and are kept. */
const HISTORY = 500;

/** The alerts of a stream as they come and go. The next update decides what becomes of a restored one. */
export function createBoard({ rules, records = [], runbooks, restored = [] }: BoardOptions): Board {
  const ruleOf = new Map(rules.map((rule) => [rule.name, rule]));
  const wanted = wantedOf([...rules.map(({ when }) => when), ...records.map(({ is }) => is)]);
  const keyOf = (rule: string, labels: AlertState['labels']): string => `${rule} ${labelKey(labels)}`;
  let active = new Map(
    restored.filter(({ state }) => state === 'firing').map((alert) => [keyOf(alert.name, alert.labels), alert]),
  );
  let ended = restored.filter(({ state }) => state === 'resolved').sort((a, b) => b.activeAt - a.activeAt);
  let states = [...active.values()].map(stateOf);
  // For each of `wanted`.
  let past: (readonly Scrape[])[] = wanted.map(() => []);
  let latest = 0;

  const all = (): PageAlert[] => [...[...active.values()].sort((a, b) => b.activeAt - a.activeAt), ...ended];
  return {
    update(scrape, window) {
      // A clock that is set back must not let a counter run backwards.
      const time = Math.max(scrape.time, latest);
      latest = time;
      // A series is in one of them, so that its points rise in time.
      const earlier = past.flat().filter((one) => one.time < time);
      const [before, now] = [active, withRecords(records, [...earlier, { ...scrape, time }])];
      states = evaluateRules(rules, states, [...earlier, now]);
      const seen = { time, samples: [...now.samples, ...alertSamples(rules, states)] };
      past = wanted.map((one, i) => rememberScrapes(past[i]!, seen, one));
      active = new Map(
        states.map((state) => {
          const [key, rule] = [keyOf(state.rule, state.labels), ruleOf.get(state.rule)!];
          const inhibitedBy = inhibitorOf(state, rule, states);
          return [key, shownAlert({ state, rule, inhibitedBy, runbooks, window, scrape: now }, before.get(key))];
        }),
      );
      const gone = [...before]
        .filter(([key, { state }]) => state === 'firing' && !active.has(key))
        .map(([, alert]) => resolvedAlert(alert, time, window));
      ended = [...gone, ...ended].slice(0, HISTORY);
      const changed = [...active].filter(([key, alert]) => {
        const old = before.get(key);
        return alert.state === 'firing' && (old?.state !== 'firing' || old.inhibitedBy !== alert.inhibitedBy);
      });
      return { alerts: all(), changed: [...changed.map(([, alert]) => alert), ...gone] };
    },
    acknowledge(id, note, at) {
      const noted = (alert: PageAlert): PageAlert =>
        alert.id === id ? { ...alert, acknowledged: { at, note } } : alert;
      active = new Map([...active].map(([key, alert]) => [key, noted(alert)]));
      ended = ended.map(noted);
      return all().find((alert) => alert.id === id) ?? null;
    },
    alerts: all,
  };
}

const stateOf = ({ name, labels, activeAt, firedAt, value }: PageAlert): AlertState => ({
  ...{ rule: name, labels, state: 'firing', activeAt: activeAt / 1000 },
  ...{ firedAt: (firedAt ?? activeAt) / 1000, value },
});
