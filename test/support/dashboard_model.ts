import { z } from 'zod';

/** What of Grafana's classic dashboards (schema version 39) is used here: every key is known, each value of its kind. */
const datasource = z.strictObject({ type: z.literal('prometheus'), uid: z.literal('${datasource}') });

const target = z.strictObject({
  refId: z.string().regex(/^[A-Z]$/),
  expr: z.string().min(1),
  datasource,
  legendFormat: z.string(),
  instant: z.boolean().optional(),
  range: z.boolean().optional(),
  format: z.enum(['time_series', 'table', 'heatmap']).optional(),
});

const transformation = z.strictObject({
  id: z.enum([
    'merge',
    'organize',
    'convertFieldType',
    'sortBy',
    'groupingToMatrix',
    'filterFieldsByName',
    'joinByField',
    'renameByRegex',
  ]),
  options: z.record(z.string(), z.unknown()),
});

const step = z.strictObject({ value: z.number().nullable(), color: z.string() });

/** Rises from null: Grafana takes the first step for everything below the second. */
const thresholds = z.strictObject({
  mode: z.literal('absolute'),
  steps: z
    .array(step)
    .min(1)
    .refine(
      ([first, ...rest]) => first!.value === null && rest.every(({ value }) => value !== null),
      'null comes first',
    )
    .refine(([, ...rest]) => rest.every(({ value }, i) => i === 0 || value! > rest[i - 1]!.value!), 'steps must rise'),
});

const shown = z.strictObject({ text: z.string(), color: z.string().optional(), index: z.number().int() });
const mapping = z.union([
  z.strictObject({ type: z.literal('value'), options: z.record(z.string(), shown) }),
  z.strictObject({
    type: z.literal('special'),
    options: z.strictObject({ match: z.literal('null+nan'), result: shown }),
  }),
]);

const link = z.strictObject({ title: z.string(), url: z.string(), targetBlank: z.boolean().optional() });

const fieldConfig = z.strictObject({
  defaults: z.strictObject({
    unit: z.string().min(1),
    decimals: z.number().int().optional(),
    min: z.number().optional(),
    max: z.number().optional(),
    noValue: z.string(),
    mappings: z.array(mapping).optional(),
    thresholds: thresholds.optional(),
    color: z.strictObject({ mode: z.enum(['thresholds', 'palette-classic-by-name']) }).optional(),
    links: z.array(link).optional(),
    custom: z.record(z.string(), z.unknown()).optional(),
  }),
  overrides: z.array(
    z.strictObject({
      matcher: z.strictObject({ id: z.literal('byName'), options: z.string() }),
      properties: z.array(z.strictObject({ id: z.string(), value: z.unknown() })),
    }),
  ),
});

const gridPos = z.strictObject({
  x: z.number().int().min(0).max(23),
  y: z.number().int().min(0),
  w: z.number().int().min(1).max(24),
  h: z.number().int().min(1),
});

const row = z.strictObject({
  type: z.literal('row'),
  id: z.number().int().min(1),
  title: z.string().min(1),
  collapsed: z.literal(false),
  gridPos,
  repeat: z.string().optional(),
  // Grafana takes the panels of an open row from beside it.
  panels: z.array(z.never()),
});

const common = {
  id: z.number().int().min(1),
  title: z.string().min(1),
  description: z.string().min(10),
  transparent: z.boolean(),
  gridPos,
  repeat: z.string().optional(),
  repeatDirection: z.enum(['h', 'v']),
  maxPerRow: z.number().int().optional(),
};

const panel = z.strictObject({
  ...common,
  type: z.enum(['timeseries', 'stat', 'table', 'trend', 'state-timeline', 'status-history', 'bargauge']),
  datasource,
  targets: z.array(target).min(1).max(26),
  transformations: z.array(transformation).optional(),
  maxDataPoints: z.number().int().optional(),
  options: z.record(z.string(), z.unknown()),
  fieldConfig,
});

const text = z.strictObject({
  ...common,
  type: z.literal('text'),
  options: z.record(z.string(), z.unknown()),
  fieldConfig: z.unknown().optional(),
});

const annotation = z.strictObject({
  name: z.string().min(1),
  datasource,
  enable: z.boolean(),
  hide: z.literal(false),
  iconColor: z.string(),
  expr: z.string().min(1),
  step: z.string(),
  titleFormat: z.string(),
  textFormat: z.string(),
  useValueForTime: z.literal(false),
  target: z
    .strictObject({ expr: z.string(), interval: z.string(), range: z.literal(true), refId: z.literal('Anno') })
    .partial({ interval: true })
    .loose(),
});

const variable = z.looseObject({
  name: z.string().min(1),
  label: z.string().min(1),
  type: z.enum(['datasource', 'custom', 'query']),
});

const dashboardLink = z.strictObject({
  title: z.string().min(1),
  type: z.enum(['link', 'dashboards']),
  icon: z.string(),
  tooltip: z.string(),
  url: z.string().optional(),
  tags: z.array(z.string()),
  asDropdown: z.boolean(),
  targetBlank: z.boolean(),
  includeVars: z.boolean(),
  keepTime: z.boolean(),
});

export const dashboardModel = z.strictObject({
  uid: z.string().regex(/^[a-zA-Z0-9_-]{1,40}$/),
  title: z.string().min(1),
  description: z.string().min(10),
  tags: z.array(z.string()).min(2),
  timezone: z.literal('browser'),
  editable: z.literal(false),
  graphTooltip: z.literal(1),
  time: z.strictObject({ from: z.string(), to: z.string() }),
  refresh: z.string(),
  fiscalYearStartMonth: z.literal(0),
  schemaVersion: z.literal(39),
  panels: z.array(z.union([row, text, panel])),
  templating: z.strictObject({ list: z.array(variable) }),
  annotations: z.strictObject({ list: z.array(annotation) }),
  links: z.array(dashboardLink),
});
