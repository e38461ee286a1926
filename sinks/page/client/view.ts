import type { PageAlert, PageDescription, PageStatus, StoredWindow } from '../../../schemas/page.js';

export type Stage = 'raw' | 'corrected';

/** Where a figure is shown; the first of a section is on the overview too. */
export type FigureSection = 'response' | 'context' | 'time' | 'probes';

/** What a figure is drawn from. */
export interface View {
  readonly description: PageDescription;
  /** All windows that the page holds, rising. */
  readonly windows: readonly StoredWindow[];
  /** Indices (report.index) of the first and last window that are looked at. */
  readonly selected: readonly [first: number, last: number];
  /** Windows that they are compared with. */
  readonly reference: readonly StoredWindow[];
  /** null: all regimes. */
  readonly regime: number | null;
  readonly stage: Stage;
  readonly alerts: readonly PageAlert[];
  readonly status: PageStatus;
  /** Of the figure, in CSS pixels. */
  readonly width: number;
  readonly dark: boolean;
}

/** One row of a figure's data; units are in the names of the columns. */
export type FigureRow = Readonly<Record<string, string | number | null>>;

export interface Figure {
  readonly id: string;
  readonly title: string;
  readonly node: Element;
  readonly rows: readonly FigureRow[];
  /** One sentence of what is seen, for a screen reader. */
  readonly summary: string;
}

/** null: there is nothing to draw. */
export type DrawFigure = (view: View) => Figure | null;
