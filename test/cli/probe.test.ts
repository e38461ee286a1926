import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { probeReportSchema, type ProbeReport } from '../../schemas/probe_report.js';
import { complaint, root, run } from '../support/program.js';
import { scratch } from '../support/scratch.js';

const folder = scratch();
const SAMPLE = 'samples/ttbar.parquet';
const card = (name: string): string => `models/${name}.card.yaml`;
const few = ['--events', '600', '--sizes', '0.5,1,2', '--seed', '3'];
const PATIENCE = 240_000;

const probed = async (...args: string[]): Promise<ProbeReport> => {
  const ended = await run('probe', ...args, '--format', 'json');
  expect([ended.code, ended.stderr]).toEqual([0, '']);
  return probeReportSchema.parse(JSON.parse(ended.stdout));
};
const lasting = ({ timing, ...report }: ProbeReport): Omit<ProbeReport, 'timing'> => {
  expect(timing!.seconds).toBeGreaterThan(0);
  return report;
};
const ofAll = ({ fooling }: ProbeReport, attack: string, size: number) =>
  fooling.find((row) => row.attack === attack && row.size === size && row.regime === 'all')!;

describe('a probe of a bundled classifier', () => {
  let report: ProbeReport;
  beforeAll(async () => {
    report = await probed(card('ttbar_leptons'), SAMPLE, ...few, '--out', join(folder, 'one'));
  }, PATIENCE);

  test('writes report, page and figures', () => {
    expect(JSON.parse(readFileSync(join(folder, 'one', 'report.json'), 'utf8'))).toEqual(report);
    expect(readFileSync(join(folder, 'one', 'report.html'), 'utf8')).toContain('Hidden systematic');
    expect(existsSync(join(folder, 'one', 'figures', 'fooled_all.svg'))).toBe(true);
  });

  test('accounts for every event', () => {
    const { read, usable, sampled, right, unanswered } = report.events;
    expect([read, usable, sampled, unanswered]).toEqual([19919, 19919, 600, 0]);
    expect(right).toBeGreaterThan(550);
    expect(report.regimes.reduce((sum, { events }) => sum + events, 0)).toBe(600);
    for (const { regime, fooled, random } of report.fooling) {
      expect(fooled.n).toBe(random.n);
      if (regime === 'all') expect(fooled.n).toBe(right);
    }
  });

  test('attacks find more than chance, more at a larger size, and the caps hold', () => {
    for (const attack of ['gradient', 'preserving', 'minimal', 'coordinate']) {
      const at = [0.5, 1, 2].map((size) => ofAll(report, attack, size).fooled.k);
      expect(at).toEqual(at.toSorted((a, b) => a - b));
      expect(ofAll(report, attack, 2).difference.value).toBeGreaterThan(0);
    }
    const kept = report.attacks.find(({ preserving }) => preserving)!;
    expect(kept.largestDistance).toBeLessThanOrEqual(0.06);
    expect(kept.correlationChange).toBeLessThanOrEqual(0.006);
    const free = report.attacks.find(({ name }) => name === 'gradient')!;
    expect(free.correlationChange).toBeGreaterThan(0.006);
    for (const { largest } of free.pulls) expect(largest).toBeLessThanOrEqual(1 + 1e-9);
  });

  test('the same bits for any number of workers', { timeout: PATIENCE }, async () => {
    const again = await probed(card('ttbar_leptons'), SAMPLE, ...few, '--workers', '2', '--out', join(folder, 'two'));
    expect(lasting(again)).toEqual(lasting(report));
  });

  test('the network that was trained on attacked events is harder to fool', { timeout: PATIENCE }, async () => {
    const attacks = ['--attacks', 'gradient', '--events', '3000', '--sizes', '2', '--size', '2'];
    const [plain, hardened] = await Promise.all(
      ['ttbar_leptons', 'ttbar_hardened'].map((name) =>
        probed(card(name), SAMPLE, ...attacks, '--out', join(folder, name)),
      ),
    );
    const [a, b] = [plain!, hardened!].map((each) => ofAll(each, 'gradient', 2).fooled);
    expect(b!.high).toBeLessThan(a!.low);
  });
});

test('a regressor is pushed both ways, and fails where it was not trained', { timeout: PATIENCE }, async () => {
  const args = ['--events', '1500', '--attacks', 'gradient', '--sizes', '1', '--out', join(folder, 'mass')];
  const report = await probed(card('mass_net'), 'samples/dilepton.parquet', ...args);
  expect(report.attacks.map(({ name }) => name)).toEqual(['gradient_up', 'gradient_down']);
  const shift = (attack: string) =>
    report.outputShift.find((row) => row.attack === attack && row.regime === 'all')!.mean.value!;
  expect(shift('gradient_up')).toBeGreaterThan(0);
  expect(shift('gradient_down')).toBeLessThan(0);
  const peaks = report.hidden.filter(({ quantity, regime }) => quantity === 'peak' && regime === 'all');
  expect(peaks.map(({ shift: { value } }) => Math.sign(value!))).toEqual([1, -1]);
  const share = (id: number): number =>
    report.fooling.find((row) => row.regime === id && row.attack === 'gradient_up')!.fooled.value!;
  const high = report.regimes.find(({ label }) => label.startsWith('high H_T'))!.id;
  const low = report.regimes.find(({ label }) => label.startsWith('low H_T'))!.id;
  expect(share(high)).toBeGreaterThan(share(low));
});

test('prints a table and the verdict', { timeout: PATIENCE }, async () => {
  const args = ['--events', '300', '--attacks', 'gradient', '--sizes', '1', '--out', join(folder, 'table')];
  const { code, stdout } = await run('probe', card('ttbar_bdt'), SAMPLE, ...args);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^gradient {2,}all/m);
  expect(stdout).toContain('At s = 1, the gradient attack fools');
});

describe('refused with one line', () => {
  const broken = join(folder, 'broken.card.yaml');
  const leptons = readFileSync(join(root, card('ttbar_leptons')), 'utf8');
  const change = (from: RegExp, to: string): void => {
    const absolute = leptons
      .replaceAll(/^(file|pipeline): /gm, `$1: ${join(root, 'models')}/`)
      .replace(/file: ttbar_leptons.validation/, `file: ${join(root, 'models')}/ttbar_leptons.validation`);
    writeFileSync(broken, absolute.replace(from, to));
  };
  const refused = (...args: string[]): Promise<unknown> => complaint('probe', ...args, '--out', join(folder, 'none'));

  test.each([
    ['another file', /sha256: \w{64}/, `sha256: ${'a'.repeat(64)}`, 'it is not the file that the card describes'],
    ['another opset', /opset: 17/, 'opset: 16', 'opset'],
    ['an input too few', /\n {2}- name: met[^]*?(?=\n {2}- name)/, '', 'input'],
    ['an input that is no column', /name: met\n/, 'name: mett\n', 'mett'],
    ['a wrong word', /uncertainty: \{ relative/, 'uncertainty: { relativ', 'relativ'],
  ])('%s', async (_, from, to, words) => {
    change(from, to);
    expect(readFileSync(broken, 'utf8')).not.toBe(leptons);
    expect(await refused(broken, SAMPLE)).toEqual({ code: 2, line: expect.stringContaining(words) as string });
  });

  test.each([
    [[card('ttbar_mlp'), SAMPLE, '--attacks', 'magic'], 2, '--attacks magic: expected names of'],
    [[card('ttbar_mlp'), SAMPLE, '--sizes', '1,none'], 2, '--sizes none: expected a number above 0'],
    [[card('ttbar_mlp'), 'samples/dilepton.parquet'], 3, 'l1_pt'],
    [['models/nothing.card.yaml', SAMPLE], 2, 'models/nothing.card.yaml: no such file'],
  ])('%j', async (args, code, words) => {
    expect(await refused(...args)).toEqual({ code, line: expect.stringContaining(words) as string });
  });
});
