import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import { RowBuilder } from '@grafana/grafana-foundation-sdk/dashboard';

/** Panels under a heading; with `repeat` once for each value of a variable. */
export interface Section {
  readonly title: string;
  readonly repeat?: string;
  readonly panels: readonly Builder<Panel>[];
}

/** Columns of Grafana's grid. */
const COLUMNS = 24;

/**
 * Rows and panels with their places and numbers, in order: from left to right, a new line where a panel does not fit, each
 * line as high as its highest panel.
 */
export function laidOut(sections: readonly Section[]): (RowBuilder | Panel)[] {
  let [id, y] = [0, 0];
  return sections.flatMap(({ title, repeat, panels }) => {
    const row = new RowBuilder(title).id((id += 1)).gridPos({ x: 0, y, w: COLUMNS, h: 1 });
    if (repeat !== undefined) row.repeat(repeat);
    y += 1;
    let [x, height] = [0, 0];
    const placed = panels.map((builder) => {
      const panel = builder.build();
      const { w, h } = panel.gridPos ?? { w: 12, h: 8 };
      if (x + w > COLUMNS) [x, y, height] = [0, y + height, 0];
      panel.gridPos = { x, y, w, h };
      panel.id = id += 1;
      x += w;
      height = Math.max(height, h);
      return panel;
    });
    y += height;
    return [row, ...placed];
  });
}
