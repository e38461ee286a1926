import { formatEstimate } from '../sinks/page/client/shared/format_estimate.js';
import type { PageAlert } from '../schemas/page.js';
import type { Estimate } from '../schemas/report.js';
import type { WindowReport } from '../schemas/window_report.js';

/** A stream that turns bad, is alerted on, corrected, and delivered well again, told in a few lines. */
export interface Story {
  readonly onWindow: (report: WindowReport) => void;
  readonly onAlerts: (changed: readonly PageAlert[]) => void;
  /** What the correction took back, over the windows in which it was in effect. */
  readonly takenBack: () => string[];
  /** What has not happened, in the order of the story; empty: all did. */
  readonly missing: () => string[];
}

const BIAS = 'HighBias';

export const percent = ({ value, error }: Estimate): string =>
  `${formatEstimate(value === null ? null : 100 * value, error === null ? null : 100 * error)} %`;

/** Weighted mean of independent measurements: weights 1/σ². */
function mean(all: readonly (Estimate | undefined)[]): { value: number; error: number } | null {
  let [weights, sum] = [0, 0];
  for (const one of all) {
    if (!one || one.value === null || !one.error) continue;
    const weight = 1 / one.error ** 2;
    weights += weight;
    sum += weight * one.value;
  }
  return weights === 0 ? null : { value: sum / weights, error: 1 / Math.sqrt(weights) };
}

/** `high`: how the labels of the regimes begin in which it should happen; `print` gets the lines. */
export function demoStory(high: string, print: (line: string) => void): Story {
  const windows: WindowReport[] = [];
  let [known, fired, ended] = [false, null as PageAlert | null, null as PageAlert | null];
  let [fitted, accepted, again] = [null as string | null, false, false];
  const rowOf = (report: WindowReport) =>
    report.regimes.find(({ regime, label }) =>
      fired ? String(regime) === fired.labels.regime : label.startsWith(high),
    );

  function tellRefits({ window, online }: WindowReport): void {
    for (const { kind, version, reason } of online) {
      if (fired === null || version === null || !['fitted', 'accepted', 'rolled back'].includes(kind)) continue;
      if (kind === 'fitted' && !ended) {
        fitted = version;
        print(`a correction is learned, in effect and on trial from window ${window + 1}: ${reason}`);
      } else if (kind === 'accepted' && version === fitted && !accepted) {
        accepted = true;
        print(`the correction is accepted: ${reason}`);
      } else if (kind === 'rolled back') print(`the correction is rolled back: ${reason}`);
    }
  }

  return {
    onWindow(report) {
      windows.push(report);
      const { window, regimes } = report;
      const row = rowOf(report);
      if (windows.length === 1) {
        const shares = regimes.map(({ label, share }) => `${label} ${(100 * (share ?? 0)).toFixed(0)} %`);
        print(`${regimes.length} regimes are learned: ${shares.join('; ')}`);
      }
      if (!known && regimes.every(({ verdict }) => verdict === 'good')) {
        known = true;
        const core = row?.corrected && `; delivered in ${row.label}: ${percent(row.corrected.core)}`;
        print(`good: the checks have learned, no regime is off at window ${window}${core ?? ''}`);
      }
      tellRefits(report);
    },
    onAlerts(changed) {
      const last = windows.at(-1);
      for (const alert of changed.filter(({ name }) => name === BIAS)) {
        const row = last?.regimes.find(({ regime }) => String(regime) === alert.labels.regime);
        if (!row?.corrected || !row.core) continue;
        const { value, error } = row.corrected.core;
        const sure = value !== null && error ? `, ${(Math.abs(value) / error).toFixed(0)} σ` : '';
        if (alert.state === 'firing') {
          if (!row.label.startsWith(high) && !fired) continue;
          again ||= ended !== null;
          fired ??= alert;
          print(
            `BAD: mean response in ${row.label} is ${percent(row.core)}, as delivered ${percent(row.corrected.core)}${sure}, since window ${alert.firedWindow ?? '?'}: alert ${alert.name}, ${alert.runbook}`,
          );
        } else if (alert.id === fired?.id) {
          ended = alert;
          print(
            `good: mean response in ${row.label} is ${percent(row.core)}, as delivered ${percent(row.corrected.core)}: alert ${alert.name} has ended at window ${alert.resolvedWindow ?? '?'}`,
          );
        }
      }
    },
    takenBack() {
      const after = windows.filter(({ correction }) => correction !== null && correction === fitted);
      const rows = after.flatMap((report) => rowOf(report) ?? []);
      const [raw, left] = [mean(rows.map(({ core }) => core)), mean(rows.map(({ corrected }) => corrected?.core))];
      if (!raw || !left) return [];
      const taken = { value: 1 - left.value / raw.value, error: Math.abs(left.error / raw.value) };
      return [
        `in ${rows[0]!.label}, ${rows.length} windows with the correction: raw ${percent(raw)}, as delivered ${percent(left)}: ${percent(taken)} of the bias taken back`,
      ];
    },
    missing: () => [
      ...(fired ? [] : [`no alert in a regime of ${high}`]),
      ...(fitted ? [] : ['no correction was learned after it']),
      ...(accepted ? [] : ['no such correction was accepted']),
      ...(ended ? [] : ['the alert has not ended']),
      ...(again ? ['it fired again'] : []),
    ],
  };
}
