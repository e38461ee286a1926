import type { ChildProcess } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startChain, until, type AlertChain } from '../support/alert_chain.js';
import { said, start } from '../support/program.js';
import { toolsOrSkip } from '../support/prometheus_tools.js';
import { bundled } from '../support/rules_pipeline.js';
import { scratch } from '../support/scratch.js';

/** Leptons whose scale falls with H_T from event 60,000 on, and a correction that is refitted every four windows. */
const overrides = [
  'weight=none',
  'window={ events: 5000 }',
  'fast_reconstruction.from_event=60000',
  'fast_reconstruction.context.pt_scale="where(H_T > 300, -0.04 * min((H_T - 300) / 300, 1), 0)"',
  'online={ learn: 4, every: 4, memory: { sliding: 4 } }',
  'correction.layers=[smooth]',
  'alerts.bias=0.01',
  'danger_zone.tolerance={ bias: 0.015, sigma68: 0.01, pull: 0.2 }',
];
const folder = scratch();

describe.skipIf(!toolsOrSkip('prometheus', 'alertmanager'))(
  'the program, Prometheus, Alertmanager and a webhook',
  () => {
    let program: (ChildProcess & { killed: boolean }) | undefined;
    let chain: AlertChain | undefined;

    beforeAll(async () => {
      const sets = overrides.flatMap((one) => ['--set', one]);
      const sample = 'generator:110000?seed=1&high_pt=1';
      const child = start('watch', 'pipelines/dilepton.yaml', sample, '--pace', '2500', '--serve', '0', ...sets);
      program = child;
      child.stdout.resume();
      const [url] = await said(child.stderr, /http:\/\/[\d.]+:\d+/);
      chain = await startChain(folder, bundled('dilepton', ...overrides), new URL(url).host, 2);
    });
    afterAll(async () => {
      program?.kill('SIGKILL');
      await chain?.close();
    });

    test('drift in, one notification; the correction takes it back, one that it is over', async () => {
      const { notifications } = chain!;
      expect(await until(() => notifications.length > 0, 120)).toBe(true);
      const [first] = notifications;
      expect(first).toMatchObject({ status: 'firing', groupLabels: { pipeline: 'dilepton', area: 'response' } });
      expect(first!.alerts.map(({ labels }) => labels['alertname'])).toEqual(['HighBias']);
      const words = /^Bias of -\d+(\.\d+)?% ± 0\.\d+% in regime \d \(high H_T[^)]*\), as delivered$/;
      expect(first!.alerts[0]!.annotations['summary']).toMatch(words);

      expect(await until(() => notifications.length > 1, 120)).toBe(true);
      await until(() => false, 8);
      const told = notifications.map(({ status, alerts }) => [
        status,
        alerts.flatMap((one) =>
          one.status === status ? [`${one.labels['alertname']!}: ${one.annotations['summary']!}`] : [],
        ),
      ]);
      expect(told, JSON.stringify(told, null, 1)).toHaveLength(2);
      expect(notifications[1]!.status).toBe('resolved');
    }, 300_000);
  },
);
