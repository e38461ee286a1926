import { spawn } from 'node:child_process';
import { expect, test } from 'vitest';
import { freePort } from '../../docker/kafka/free_port.js';
import { until } from '../support/scraping.js';
import { root } from './files.js';

test('a notification is one line an alert, with since when, what fires first; what is none is refused', async () => {
  const port = await freePort([]);
  const program = new URL('docker/alertmanager/print_notifications.js', root).pathname;
  const child = spawn(process.execPath, [program, String(port)], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  let printed = '';
  child.stdout.on('data', (part: Buffer) => (printed += part.toString()));
  try {
    await until('it listens', () => printed.includes(`notifications on port ${port}\n`));
    const send = async (body: string) =>
      (await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body, headers: { connection: 'close' } })).status;
    const alert = (status: string) => ({
      ...{ status, labels: { alertname: 'HighBias', regime: '2' } },
      annotations: { summary: 'δ is −1.2 % ± 0.1 %' },
      ...{ startsAt: '2026-11-22T20:15:04.113Z', endsAt: '2026-11-22T21:15:00Z' },
    });
    expect(await send(JSON.stringify({ alerts: [alert('resolved'), alert('firing')] }))).toBe(200);
    expect(await send('no JSON')).toBe(400);
    await until('both are printed', () => printed.includes('resolved: HighBias'));
    expect(printed.split('\n').slice(1)).toEqual([
      'firing: HighBias: δ is −1.2 % ± 0.1 %, since 2026-11-22 20:15:04 UTC',
      'resolved: HighBias: δ is −1.2 % ± 0.1 %, since 2026-11-22 20:15:04 UTC, until 2026-11-22 21:15:00 UTC',
      '',
    ]);
  } finally {
    child.kill('SIGTERM');
  }
  expect(await ended).toBe(0);
});
