import { existsSync } from 'node:fs';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll } from 'vitest';

const BROWSER = '/usr/bin/chromium';

/**
 * Whether tests in a real browser can run here: `describe.skipIf(!browserOrSkip())`.
 * If not, one line says why; where CI is true they have to run, so that there it throws.
 */
export function browserOrSkip(): boolean {
  if (existsSync(BROWSER)) return true;
  const why = `${BROWSER}: missing; apt-get install chromium`;
  if (process.env['CI'] === 'true') throw new Error(`browser tests cannot run: ${why}`);
  process.stderr.write(`browser tests skipped: ${why}\n`);
  return false;
}

let browser: Promise<Browser> | null = null;

const started = (): Promise<Browser> =>
  (browser ??= chromium.launch({ executablePath: BROWSER, args: ['--no-sandbox', '--js-flags=--expose-gc'] }));

export interface Look {
  readonly dark?: boolean;
  readonly width?: number;
  readonly height?: number;
}

/** A page in a browser context of its own, and what it complained of. */
export async function openPage({ dark = false, width = 1280, height = 900 }: Look = {}): Promise<{
  page: Page;
  complaints: string[];
}> {
  const context = await (
    await started()
  ).newContext({
    viewport: { width, height },
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
  });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  return { page, complaints };
}

afterAll(async () => {
  await (await browser)?.close();
});
