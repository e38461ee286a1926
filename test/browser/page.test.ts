import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterEach, describe, expect, test } from 'vitest';
import { TABS } from '../../sinks/page/client/address.js';
import { servePage, type ServedPage } from '../../sinks/page/serve_page.js';
import type { Story } from '../support/window_reports.js';
import { browserOrSkip, openPage, type Look } from './browser.js';
import { takePictures } from './pictures.js';
import { alertAt, standIn, storyWindows, type StandIn } from './stand_in_feed.js';

const story: Story = { windows: 40, driftFrom: 25, soundFrom: 35, eventsPerWindow: 1500 };
const windows = storyWindows(story);
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

async function serve(stand: StandIn, port = 0): Promise<ServedPage> {
  const served = await servePage(stand.feed, { port });
  open.push(() => served.close());
  return served;
}

/** A page on a stand-in with n windows closed. */
async function shown(n: number, hash = '', look: Look = {}, of = story, held = windows) {
  const stand = standIn(of, held);
  stand.close(n);
  const served = await serve(stand);
  const { page, complaints } = await openPage(look);
  open.push(() => page.context().close());
  await page.goto(served.url + hash);
  await page.waitForSelector('.status');
  return { stand, served, page, complaints };
}

const indices = (page: Page): Promise<number[]> =>
  page.evaluate(() => {
    const held = (globalThis as unknown as { regimewatch: { windows: () => number[] } }).regimewatch;
    return held.windows();
  });

const rising = (n: number): number[] => Array.from({ length: n }, (_, i) => i);

describe.skipIf(!browserOrSkip())('the page', () => {
  test('first view: verdict with its reason, every regime, a strip of the windows, no complaint', async () => {
    const { page, complaints } = await shown(12);
    expect(await page.locator('.status .badge').innerText()).toContain('good');
    expect(await page.locator('.status .why').innerText()).toBe('every regime is within its tolerance');
    await page.waitForSelector('.card');
    expect(await page.locator('.card').count()).toBe(4);
    expect(await page.locator('.card').first().innerText()).toMatch(/bias\s+−?\d.*±.*%/);
    expect(await page.locator('#strip canvas').count()).toBe(1);
    expect(await page.title()).toContain('good');
    expect(complaints).toEqual([]);
    const view = await page.evaluate(() => performance.getEntriesByType('paint').map(({ startTime }) => startTime));
    process.stderr.write(`page: first view after ${Math.round(Math.max(...view))} ms\n`);
  });

  test('without a window the page says so, and the first one appears', async () => {
    const { page, stand, complaints } = await shown(0);
    expect(await page.locator('#panel').innerText()).toContain('No window has closed yet');
    expect(await page.locator('.card').count()).toBe(0);
    stand.close(1);
    await page.waitForSelector('.card');
    expect(await indices(page)).toEqual([0]);
    expect(complaints).toEqual([]);
  });

  test('a window arrives and appears; focus, scroll and what was typed stay', async () => {
    const { page, stand } = await shown(20, '#tab=alerts');
    stand.setAlerts([alertAt(115)]);
    const note = page.getByLabel('Note');
    await note.fill('looking');
    await page.evaluate(() => {
      scrollTo(0, 120);
    });
    stand.close(3);
    await page.waitForFunction(() => document.querySelector('#regimes h2')?.textContent.includes('window 122'));
    expect(await note.inputValue()).toBe('looking');
    expect(await note.evaluate((element) => element === document.activeElement)).toBe(true);
    expect(await page.evaluate(() => scrollY)).toBe(120);
  });

  test('an alert fires, is told, acknowledged with a note, and clears', async () => {
    const { page, stand, complaints } = await shown(24, '#tab=alerts');
    await page.waitForSelector('.card');
    stand.close(4);
    stand.setStatus({ verdict: 'bad', why: 'high H_T, wide: bias −0.8 ± 0.1 %' });
    stand.setAlerts([alertAt(127)]);
    await page.waitForFunction(() => document.querySelector('#urgent')?.textContent.includes('HighContextBias'));
    await page.waitForFunction(() => document.querySelector('#news')?.textContent.includes('Verdict bad: high H_T'));
    await page.waitForFunction(() => document.querySelector('section.firing')?.textContent.includes('HighContextBias'));
    await page.waitForFunction(() => document.title.includes('bad'));
    await page.getByLabel('Note').fill('calibration asked');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.querySelector('#panel')?.textContent.includes('calibration asked'));
    await page.waitForFunction(() => document.activeElement?.classList.contains('alert'));
    stand.setAlerts([alertAt(127, 136)]);
    stand.setStatus({ verdict: 'good' });
    await page.waitForFunction(() => document.querySelector('#news')?.textContent.includes('Resolved HighContextBias'));
    await page.waitForFunction(() =>
      document.querySelector('section.firing')?.textContent.includes('No alert is active'),
    );
    await page.waitForFunction(() => document.querySelector('#panel')?.textContent.includes('window 127'));
    expect(complaints).toEqual([]);
  });

  test('an alert that another one explains is not told', async () => {
    const { page, stand } = await shown(24, '#tab=alerts');
    stand.setAlerts([alertAt(122, null, { id: 'other', name: 'Silent', inhibitedBy: 'NoData' })]);
    await page.waitForFunction(() => document.querySelector('#panel')?.textContent.includes('explained by NoData'));
    expect(await page.locator('section.firing').innerText()).toContain('No alert is active');
    expect(await page.locator('#urgent').innerText()).toBe('');
  });

  test('the address holds the view, to and fro', async () => {
    const { page } = await shown(30, '#tab=events&windows=105-108&regime=2&stage=raw');
    await page.waitForSelector('.card');
    expect(await page.locator('.tabs [aria-current]').innerText()).toBe('Events');
    expect(await page.getByLabel('from').inputValue()).toBe('105');
    expect(await page.locator('#panel td:nth-child(3)').allInnerTexts()).toSatisfy(
      (cells: string[]) => cells.length > 0 && cells.every((cell) => cell === '2'),
    );
    await page.getByRole('button', { name: 'Later windows' }).click();
    await page.waitForFunction(() => location.hash.includes('windows=109-112'));
    await page.getByRole('group', { name: 'Regime' }).getByRole('button', { name: 'all' }).click();
    await page.getByRole('group', { name: 'Response' }).getByRole('button', { name: 'corrected' }).click();
    await page.waitForFunction(() => location.hash === '#tab=events&windows=109-112');
    await page.goBack();
    await page.goBack();
    await page.waitForFunction(() => document.querySelector('.card [aria-pressed=true]'));
    await page.getByLabel('to', { exact: true }).fill('120');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => location.hash.includes('windows=109-120'));
  });

  test('an address names windows of long ago: they are asked for, with their details', async () => {
    const long: Story = { windows: 60, eventsPerWindow: 200 };
    const some = storyWindows(long);
    const many = Array.from({ length: 900 }, (_, i) => {
      const { at, run, report } = some[i % some.length]!;
      return { at, run, report: { ...report, index: i, window: i + 100, chain: String(i) } };
    });
    const { page, complaints } = await shown(900, '#tab=events&windows=150-152&against=120-124', {}, long, many);
    await page.waitForFunction(() => document.querySelector('#regimes h2')?.textContent.includes('window 152'));
    await page.waitForSelector('#panel table');
    expect(new Set(await page.locator('#panel td:nth-child(2)').allInnerTexts())).toEqual(
      new Set(['150', '151', '152']),
    );
    expect(await page.locator('.controls').innerText()).toContain('windows 120 to 124');
    // Held, but long enough ago to have lost its events.
    await page.evaluate(() => (location.hash = '#tab=events&windows=640-640'));
    await page.waitForFunction(() => document.querySelector('#panel td:nth-child(2)')?.textContent === '640');
    expect(complaints).toEqual([]);
  });

  test('windows become the reference by keyboard, after a question where there is one; another page has it at once', async () => {
    const { page, served, complaints } = await shown(30, '#windows=110-114');
    const { page: other } = await openPage({});
    open.push(() => other.context().close());
    await other.goto(`${served.url}#tab=response`);
    const against = page.getByRole('group', { name: 'Against' });
    const compared = (of: Page, words: string) =>
      of.waitForFunction((text) => document.querySelector('.controls')?.textContent.includes(text), words);
    await compared(page, 'windows 100 to 107 (learned from)');
    const set = against.getByRole('button', { name: 'set these windows as reference' });
    await set.focus();
    await page.keyboard.press('Enter');
    await compared(page, 'windows 110 to 114 of epoch 1 (the reference)');
    await compared(page, '5 of them are selected too');
    await compared(other, 'windows 110 to 114 of epoch 1 (the reference)');
    await other.waitForFunction(() =>
      document.querySelector('#panel')?.textContent.includes('reference, windows 110–114'),
    );
    await page.waitForFunction(() => document.querySelector('#news')?.textContent.includes('The reference is now'));
    await page.getByLabel('to', { exact: true }).fill('112');
    await page.keyboard.press('Enter');
    const focused = (): Promise<string | undefined> => page.evaluate(() => document.activeElement?.textContent);
    const ask = async (): Promise<void> => {
      await set.focus();
      await page.keyboard.press('Enter');
      await compared(page, 'For everyone: windows 110 to 112 in place of windows 110 to 114 of epoch 1?');
      expect(await focused()).toBe('keep it as it is');
    };
    await ask();
    await page.keyboard.press('Enter');
    await set.waitFor();
    expect(await focused()).toBe('set these windows as reference');
    await ask();
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('replace');
    await page.keyboard.press('Enter');
    await compared(other, 'windows 110 to 112 of epoch 1 (the reference)');
    await set.waitFor();
    expect(await focused()).toBe('set these windows as reference');
    await against.getByRole('button', { name: 'use learned' }).click();
    await compared(page, 'windows 100 to 107 (learned from)');
    expect(new URL(page.url()).hash).toBe('#windows=110-112&against=learned');
    await against.getByRole('button', { name: 'use the reference' }).click();
    await page.waitForFunction(() => location.hash === '#windows=110-112');
    expect(complaints).toEqual([]);
  });

  test('a reference that cannot be compared with is told; one that is not of this stream is refused', async () => {
    const { page, stand } = await shown(30);
    stand.setReference({
      words: 'windows with index 3 to 12 of epoch 1, of another content of the pipeline: bins and regimes may differ',
      windows: [],
    });
    const told = (words: string) =>
      page.waitForFunction((text) => document.querySelector('.controls')?.textContent.includes(text), words);
    await told('windows 100 to 107 (learned from)');
    await told('The reference that was set is not used: windows with index 3 to 12 of epoch 1, of another content');
    stand.setReference(null);
    await page.route('**/api/reference', (route) =>
      route.request().method() === 'POST'
        ? route.fulfill({
            status: 409,
            json: { error: 'windows: the history has them no longer, or of another stream' },
          })
        : route.continue(),
    );
    await page.waitForFunction(() => !document.querySelector('.controls')?.textContent.includes('is not used'));
    await page.getByRole('button', { name: 'set these windows as reference' }).click();
    await told('Not set: windows: the history has them no longer, or of another stream');
  });

  test('the brush selects windows', async () => {
    const { page } = await shown(30);
    const box = (await page.locator('#strip .u-over').boundingBox())!;
    const x = (window: number): number => box.x + ((window + 0.5) / 30) * box.width;
    await page.mouse.move(x(10), box.y + 60);
    await page.mouse.down();
    await page.mouse.move(x(14), box.y + 60, { steps: 5 });
    await page.mouse.up();
    await page.waitForFunction(() => location.hash === '#windows=110-114');
    expect(await page.locator('#regimes h2').innerText()).toContain('window 114');
    const shade = (await page.locator('#strip .u-select').boundingBox())!;
    expect(shade.x).toBeCloseTo(x(9.5), -1);
    expect(shade.width).toBeCloseTo(x(14.5) - x(9.5), -1);
  });

  test('the server is restarted: the page shows it, comes back, and has every window once', async () => {
    const { page, stand, served, complaints } = await shown(10);
    await page.waitForSelector('.card');
    stand.close(3);
    await page.waitForFunction(() => document.querySelector('#regimes h2')?.textContent.includes('window 112'));
    await open.shift()!();
    await page.waitForSelector('.link.lost');
    const next = standIn(story, windows, 21);
    await serve(next, Number(new URL(served.url).port));
    await page.waitForSelector('.link.open');
    next.close(4);
    await page.waitForFunction(() => document.querySelector('#regimes h2')?.textContent.includes('window 124'));
    expect(await indices(page)).toEqual(rising(25));
    expect(stand.listeners()).toBe(0);
    expect(complaints.filter((text) => !text.includes('ERR_CONNECTION_REFUSED'))).toEqual([]);
  });

  test('a stream begun anew takes the place of the old one', async () => {
    const { page, served } = await shown(20);
    await page.waitForSelector('.card');
    await open.shift()!();
    const other = storyWindows({ ...story, seed: 7 });
    await serve(standIn(story, other, 22), Number(new URL(served.url).port));
    await page.waitForFunction(() => document.querySelector('#regimes h2')?.textContent.includes('window 121'));
    await page.waitForFunction(
      () => (globalThis as unknown as { regimewatch: { windows: () => number[] } }).regimewatch.windows().length === 22,
    );
    expect(
      await page.evaluate(() =>
        (globalThis as unknown as { regimewatch: { chain: () => string } }).regimewatch.chain(),
      ),
    ).toBe(other[21]!.report.chain);
  });

  test('figures and events are taken away as CSV and SVG', async () => {
    const { page } = await shown(20, '#tab=events');
    await page.waitForSelector('#panel table');
    const [events] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download CSV' }).click(),
    ]);
    const text = readFileSync(await events.path(), 'utf8');
    expect(events.suggestedFilename()).toBe('dilepton-events-windows-117-119.csv');
    expect(text.split('\r\n')[0]).toMatch(/^event,window,regime,pull,delta/);
    expect(text.trim().split('\r\n').length).toBe(
      1 + windows.slice(17, 20).flatMap(({ report }) => report.worst ?? []).length,
    );
    await page.getByRole('button', { name: 'pull' }).click();
    expect(await page.locator('th[aria-sort=descending]').innerText()).toContain('pull');
    await page.locator('.tabs a', { hasText: 'Response' }).click();
    await page.waitForSelector('figure svg');
    const [picture] = await Promise.all([
      page.waitForEvent('download'),
      page
        .getByRole('button', { name: /^SVG of/ })
        .first()
        .click(),
    ]);
    const svg = readFileSync(await picture.path(), 'utf8');
    expect(svg).toContain('<svg');
    expect(svg).toContain('xmlns="http://www.w3.org/2000/svg"');
    await page.locator('figure summary').first().click();
    await page.waitForSelector('figure table');
  });

  const looks: readonly (readonly [string, Look])[] = [
    ['light', {}],
    ['dark', { dark: true }],
    ['phone', { width: 360, height: 740 }],
  ];
  test.each(looks)('%s: no barrier that axe finds, and nothing beyond the edge', async (_, look) => {
    const { page, stand, complaints } = await shown(30, '', look);
    stand.setStatus({ verdict: 'bad', why: 'high H_T, wide: bias −0.8 ± 0.1 %' });
    stand.setAlerts([alertAt(127), alertAt(103, 109)]);
    stand.setReference({
      words: 'windows 103 to 112 of epoch 1, closed 2024-01-01 00:03 to 00:12 UTC',
      windows: windows.slice(3, 28),
    });
    await page.waitForFunction(() => document.querySelector('.controls')?.textContent.includes('(the reference)'));
    await page.getByRole('button', { name: 'set these windows as reference' }).click();
    await page.getByRole('button', { name: 'replace' }).waitFor();
    await page.evaluate(axe);
    for (const tab of ['Overview', 'Context', 'Time', 'Probes', 'Events', 'Alerts', 'Health']) {
      await page.locator('.tabs a', { hasText: tab }).click();
      await page.waitForFunction((title) => document.querySelector('#panel h2')?.textContent === title, tab);
      const found = await page.evaluate(async () => {
        type Axe = { run: (options: object) => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
        const { run } = (globalThis as unknown as { axe: Axe }).axe;
        const { violations } = await run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] });
        return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
      });
      expect(found, tab).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), tab).toBeLessThanOrEqual(0);
    }
    expect(complaints).toEqual([]);
  });

  test('by keyboard: skip link, tabs, theme', async () => {
    const { page } = await shown(10);
    await page.waitForSelector('.card');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to the figures');
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('panel-title');
    const theme = page.getByRole('button', { name: /^Theme/ });
    await theme.focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.documentElement.dataset['theme'] === 'dark');
    expect(await theme.innerText()).toBe('Theme: dark');
    await page.reload();
    await page.waitForSelector('.card');
    expect(await page.evaluate(() => document.documentElement.dataset['theme'])).toBe('dark');
  });

  // PAGE_SOAK_SECONDS=600 is the long form.
  const seconds = Number(process.env['PAGE_SOAK_SECONDS'] ?? 8);
  test(
    'sixty updates a minute do not make it grow',
    async () => {
      const every = seconds > 60 ? 1000 : 100;
      const long: Story = { windows: 100, eventsPerWindow: 300 };
      const some = storyWindows(long);
      const many = Array.from({ length: 400 + (1000 * seconds) / every }, (_, i) => {
        const { at, run, report } = some[i % some.length]!;
        return { at, run, report: { ...report, index: i, window: i, chain: String(i) } };
      });
      const { page, stand, complaints } = await shown(300, '', {}, long, many);
      await page.waitForSelector('.card');
      const heap = async (): Promise<number> => {
        await page.waitForTimeout(1500);
        return page.evaluate(() => {
          (globalThis as unknown as { gc: () => void }).gc();
          return (performance as unknown as { memory: { usedJSHeapSize: number } }).memory.usedJSHeapSize;
        });
      };
      const nodes = (): Promise<number> => page.evaluate(() => document.querySelectorAll('*').length);
      stand.close(20);
      const before = { heap: await heap(), nodes: await nodes() };
      const began = Date.now();
      while (Date.now() - began < 1000 * seconds) {
        stand.close(1);
        await page.waitForTimeout(every);
      }
      const after = { heap: await heap(), nodes: await nodes() };
      const mib = (bytes: number): string => (bytes / 2 ** 20).toFixed(1);
      process.stderr.write(
        `page: ${mib(before.heap)} MiB before, ${mib(after.heap)} MiB after ${seconds} s; ${before.nodes} and ${after.nodes} elements\n`,
      );
      expect(after.heap).toBeLessThan(before.heap + 25 * 2 ** 20);
      expect(Math.abs(after.nodes - before.nodes)).toBeLessThan(0.2 * before.nodes + 50);
      expect(complaints).toEqual([]);
    },
    120_000 + 1000 * seconds,
  );

  // SHOTS=FOLDER: pictures of every tab.
  const folder = process.env['SHOTS'];
  if (folder !== undefined) takePictures(folder, (process.env['TABS'] ?? TABS.join(',')).split(','));
});
