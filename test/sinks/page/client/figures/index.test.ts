import { describe, expect, it } from 'vitest';
import { DRAWN } from '../../../../../sinks/page/client/figures/index.js';
import { drawn, ODD, STORY, viewOf } from './page_figures.js';

describe.each(DRAWN.map(({ id, draw }) => [id, draw] as const))('%s', (id, draw) => {
  it.each(ODD)('stands %s', (_, story, more) => {
    const figure = drawn(draw, viewOf(story, more));
    if (figure === null) return;
    expect(figure.id).toBe(id);
    const svg = figure.node.outerHTML;
    expect(svg).not.toMatch(/NaN|undefined|Infinity/);
    expect(figure.summary).not.toMatch(/NaN|undefined|Infinity/);
    expect(figure.summary.endsWith('.')).toBe(true);
    expect(figure.rows.length).toBeGreaterThan(0);
    for (const row of figure.rows)
      for (const value of Object.values(row)) if (typeof value === 'number') expect(Number.isFinite(value)).toBe(true);
    // Saved alone it has all that it needs: its width, its colours, no style sheet.
    expect(svg).toContain(`viewBox="0 0 ${String(more.width ?? 640)} `);
    expect(svg).not.toContain('class="plot');
  });

  it('without a window is not drawn', () => {
    if (id !== 'probes') expect(drawn(draw, viewOf({ ...STORY, windows: 0 }))).toBeNull();
  });
});
