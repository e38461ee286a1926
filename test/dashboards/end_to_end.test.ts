import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { WindowReport } from '../../schemas/window_report.js';
import { countWindow, NO_WINDOWS } from '../../sinks/prometheus/count_window.js';
import { exposition } from '../../sinks/prometheus/exposition.js';
import { windowFamilies } from '../../sinks/prometheus/window_families.js';
import { workerFamilies } from '../../sinks/prometheus/worker_families.js';
import { listen, startChain, until, type AlertChain, type Listening } from '../support/alert_chain.js';
import { toolsOrSkip } from '../support/prometheus_tools.js';
import { bundled } from '../support/rules_pipeline.js';
import { scratch } from '../support/scratch.js';
import { windowReports } from '../support/window_reports.js';
import { workerFacts } from '../support/worker_facts.js';

const DRIFT = 12;
const CORRECTED = 20;
const pipeline = bundled('dilepton');
const folder = scratch();

describe.skipIf(!toolsOrSkip('prometheus', 'alertmanager'))('Prometheus, Alertmanager and a webhook', () => {
  const reports = windowReports({ windows: 30, driftFrom: DRIFT, correctedFrom: CORRECTED });
  let closed: readonly WindowReport[] = reports.slice(0, 10);
  let worker: Listening | undefined;
  let chain: AlertChain | undefined;

  /** What a worker says after the windows so far; one closes each time that it is asked, up to `end`. */
  let end = DRIFT - 1;
  const metrics = (): Promise<string> => {
    if (closed.length <= end) closed = reports.slice(0, closed.length + 1);
    const last = closed[closed.length - 1]!;
    const counts = closed.reduce(countWindow, NO_WINDOWS);
    const facts = { ...workerFacts, version: '0.1.0', counts, closedAt: Date.now() };
    const used = closed.reduce((sum, { events }) => sum + events, 0);
    const events = { ...workerFacts.events, read: used, used, rejected: {} };
    return exposition([...workerFamilies({ ...facts, events }), ...windowFamilies(last)], { pipeline: 'dilepton' });
  };

  beforeAll(async () => {
    worker = await listen((_, response) => {
      void metrics().then((text) => response.end(text));
    });
    chain = await startChain(folder, pipeline, new URL(worker.url).host);
  });
  afterAll(async () => {
    await chain?.close();
    await worker?.close();
  });

  test('drift in, one notification; recovery, one that it is over', async () => {
    expect(await until(() => closed.length >= DRIFT, 20)).toBe(true);
    const { notifications } = chain!;
    expect(notifications).toEqual([]);

    end = CORRECTED - 1;
    expect(await until(() => notifications.length > 0, 30)).toBe(true);
    const [first] = notifications;
    expect(first).toMatchObject({ status: 'firing', groupLabels: { pipeline: 'dilepton', area: 'response' } });
    expect(new Set(first!.alerts.map(({ labels }) => labels['alertname']))).toEqual(new Set(['HighBias']));
    const regimes = reports[DRIFT]!.regimes;
    for (const { labels, annotations, startsAt } of first!.alerts) {
      const { label } = regimes[Number(labels['regime'])]!;
      expect(label).toContain('high H_T');
      const words = `Bias of -\\d\\.\\d+% ± 0\\.\\d+% in regime ${labels['regime']!} \\(${label}\\), as delivered`;
      expect(annotations['summary']).toMatch(new RegExp(`^${words}$`));
      expect(annotations['description']).toMatch(/is \d+(\.\d+)? errors from 0; the limit is 0\.5% and 5 errors/);
      expect(annotations['page']).toBe(
        `http://127.0.0.1:8765/#tab=response&stage=corrected&regime=${labels['regime']!}`,
      );
      expect(annotations['runbook_url']).toBe('docs/runbooks/HighBias.md');
      expect(Date.parse(startsAt)).toBeGreaterThan(0);
    }
    // Whatever else the same drift brings is explained by it.
    expect(await until(() => closed.length >= CORRECTED, 30)).toBe(true);
    await until(() => false, 6);
    expect(notifications.length).toBe(1);

    end = reports.length - 1;
    expect(await until(() => notifications.length > 1, 30)).toBe(true);
    expect(await until(() => closed.length === reports.length, 30)).toBe(true);
    await until(() => false, 8);
    expect(notifications.map(({ status }) => status)).toEqual(['firing', 'resolved']);
    // What was told of is over, and nothing else is listed: each once, with since when.
    expect(notifications[1]!.alerts.map(({ labels, startsAt }) => ({ labels, startsAt }))).toEqual(
      first!.alerts.map(({ labels, startsAt }) => ({ labels, startsAt })),
    );
    expect(new Set(notifications[1]!.alerts.map(({ status }) => status))).toEqual(new Set(['resolved']));
  }, 180_000);
});
