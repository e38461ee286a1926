import type { DashboardJson, PanelJson, Target } from './dashboards.js';

const place = ({ gridPos: { x, y, w, h } }: PanelJson): string => `${x},${y} ${w}×${h}`;

const asked = ({ refId, expr, legendFormat, instant }: Target): string =>
  `      ${refId} ${instant ? 'now ' : ''}${legendFormat ? `[${legendFormat}] ` : ''}${expr}`;

function panelLines(panel: PanelJson): string[] {
  const { type, title, description, targets = [], transformations = [], repeat, fieldConfig } = panel;
  if (type === 'row') return [`  # ${title}${repeat === undefined ? '' : ` (one a ${repeat})`}`];
  const unit = fieldConfig?.defaults['unit'] as string | undefined;
  return [
    `    ${type} “${title}” ${place(panel)}${unit === undefined ? '' : `, ${unit}`}${repeat === undefined ? '' : `, one a ${repeat}`}`,
    `      ${description ?? ''}`,
    ...(transformations.length === 0 ? [] : [`      → ${transformations.map(({ id }) => id).join(' → ')}`]),
    ...targets.map(asked),
  ];
}

/** A dashboard as text: its rows and panels with their places, units, descriptions and queries. */
export function outlineOf({ uid, title, templating, annotations, panels }: DashboardJson): string {
  const lines = [
    `${title} (${uid})`,
    ...templating.list.map(({ name, type, definition }) => `  $${name}: ${definition ?? type}`),
    ...annotations.list.map(({ name, expr }) => `  mark “${name}”: ${expr}`),
    ...panels.flatMap(panelLines),
  ];
  return `${lines.join('\n')}\n`;
}
