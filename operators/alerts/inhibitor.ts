import type { AlertRule, AlertState } from './types.js';

/** Name of a firing alert of the same pipeline that explains this one, as Alertmanager's inhibition has it; else null. */
export function inhibitorOf(
  alert: Pick<AlertState, 'labels'>,
  rule: AlertRule,
  all: readonly AlertState[],
): string | null {
  const same = (other: AlertState, names: readonly string[]): boolean =>
    names.every((name) => (other.labels[name] ?? '') === (alert.labels[name] ?? ''));
  const found = (rule.inhibitedBy ?? []).find(({ name, equal }) =>
    all.some((other) => other.rule === name && other.state === 'firing' && same(other, ['pipeline', ...equal])),
  );
  return found?.name ?? null;
}
