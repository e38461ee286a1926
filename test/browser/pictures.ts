import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'vitest';
import { servePage } from '../../sinks/page/serve_page.js';
import type { Story } from '../support/window_reports.js';
import { openPage, type Look } from './browser.js';
import { alertAt, standIn, storyWindows } from './stand_in_feed.js';

/** Registers tests that take pictures of every tab into a folder, to be looked at. */
export function takePictures(folder: string, tabs: readonly string[]): void {
  const story: Story = { windows: 60, driftFrom: 40, eventsPerWindow: 4000 };
  const looks: Readonly<Record<string, Look>> = {
    light: {},
    dark: { dark: true },
    phone: { width: 360, height: 740 },
  };
  test.each(Object.entries(looks))('pictures, %s', async (name, look) => {
    mkdirSync(folder, { recursive: true });
    const stand = standIn(story, storyWindows(story));
    stand.close(50);
    const why = 'high H_T, wide: bias −1.9 ± 0.1 %, tolerance ± 0.5 %, in the last 10 windows';
    stand.setStatus({ verdict: 'bad', why, injection: { words: 'response × 0.98 at H_T > 300 GeV', window: 140 } });
    stand.setAlerts([alertAt(142), alertAt(112, 120)]);
    const served = await servePage(stand.feed, { port: 0 });
    const { page } = await openPage(look);
    for (const tab of tabs) {
      await page.goto(`${served.url}#tab=${tab}`);
      await page.reload();
      await page.waitForSelector('.card');
      await page.waitForTimeout(500);
      await page.screenshot({ path: join(folder, `${name}-${tab}.png`), fullPage: true });
    }
    await served.close();
  });
}
