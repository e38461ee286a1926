import { expect, it } from 'vitest';
import { probes } from '../../../../../sinks/page/client/figures/probes.js';
import type { PageProbe } from '../../../../../schemas/page.js';
import { drawn, viewOf } from './page_figures.js';
import { pageStatus } from '../../../../support/window_reports.js';

const probe = (regime: string, value: number | null): PageProbe => ({
  ...{ name: 'net', model: 'mass_net', regime, sampled: 400, skipped: 3 },
  fooled: { value, error: value === null ? null : 0.02 },
  control: { value: 0.03, error: 0.01 },
});

it('shows fooled and control in per cent, and leaves out what is not known', () => {
  const status = pageStatus({ probes: [probe('all', 0.2), probe('0', 0.1), probe('1', null)] });
  const figure = drawn(probes, viewOf(undefined, { status }))!;
  expect(figure.summary).toBe('net fools 0.200 ± 0.020 of 400 events, chance 0.030 ± 0.010.');
  expect(figure.node.querySelectorAll('g[aria-description="fooled"] > *')).toHaveLength(2);
  expect(figure.node.querySelectorAll('g[aria-description="control"] > *')).toHaveLength(3);
  expect(figure.rows[2]).toMatchObject({ regime: '1', fooled: null, sampled: 400, skipped: 3 });
});

it('is not drawn without probes', () => {
  expect(drawn(probes, viewOf(undefined, { status: pageStatus({ probes: [] }) }))).toBeNull();
});
