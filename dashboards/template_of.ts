import { DECIMALS } from '../operators/alerts/number_words.js';
import type { Labels, Words } from '../operators/alerts/types.js';

const number = '{{ if gt $x 9999.5 }}{{ printf "%.0f" $x }}{{ else }}{{ printf "%.4g" $x }}{{ end }}';
const FORMATS = {
  percent: '{{ $x | humanizePercentage }}',
  duration: '{{ $x | humanizeDuration }}',
  number,
  count: '{{ printf "%.0f" $x }}',
  errors: '{{ if lt $x 9.95 }}{{ printf "%.1f" $x }}{{ else }}{{ printf "%.0f" $x }}{{ end }}',
};

/** `$f`: the format of the digits that an error `$e` keeps. */
const DIGITS = `{{ $f := "%.4g" }}${DECIMALS.map(
  ([least, decimals], i) => `{{ ${i === 0 ? '' : 'else '}if ge $e ${least} }}{{ $f = "%.${decimals}f" }}`,
).join('')}{{ end }}`;

type Part = Exclude<Words[number], string>;
type OfMetrics = Extract<Part, { same: readonly string[] }>;
const UNKNOWN = '{{ else }}unknown{{ end }}';

/**
 * Words as a template of Prometheus (Go's text/template): the same text that wordsOf gives for the same samples. A metric
 * that is not there is 'unknown', and so is a value of NaN.
 */
export const templateOf = (words: Words): string =>
  words.map((part) => (typeof part === 'string' ? part.replaceAll('{{', '{{ "{{" }}') : partOf(part))).join('');

function partOf(part: Part): string {
  if ('value' in part) return `{{ $x := $value }}{{ if eq $x $x }}${FORMATS[part.value]}${UNKNOWN}`;
  if ('label' in part && !('metric' in part)) return `{{ $labels.${part.label} }}`;
  if ('estimate' in part) return estimateOf(part);
  if ('interval' in part) return intervalOf(part);
  const found =
    part.as === 'label'
      ? `{{ . | first | label "${part.label ?? ''}" }}`
      : `{{ $x := . | first | value }}${FORMATS[part.as]}`;
  return `{{ with ${queryOf(part, selectorOf(part, part.metric))} }}${found}${UNKNOWN}`;
}

function estimateOf(part: Extract<Part, { estimate: unknown }>): string {
  const [value, error] = part.estimate.map((metric) => {
    const selector = selectorOf(part, metric);
    return queryOf(part, part.as === 'percent' ? `100 * ${selector}` : selector);
  });
  const [unit, words] = part.as === 'percent' ? ['%', '%%'] : ['', ''];
  const known = `{{ $e := . | first | value }}${DIGITS}{{ printf (print $f "${words} ± " $f "${words}") $x $e }}`;
  const alone = `{{ else }}{{ printf "%.4g" $x }}${unit} ± unknown{{ end }}`;
  return `{{ with ${value!} }}{{ $x := . | first | value }}{{ with ${error!} }}${known}${alone}${UNKNOWN}`;
}

function intervalOf(part: Extract<Part, { interval: unknown }>): string {
  const [value, low, high] = part.interval.map((metric) => selectorOf(part, metric));
  const half = queryOf(part, `(${high!} - ${low!}) / 2`);
  const ends = `{{ $e := . | first | value }}${DIGITS}{{ printf $f $x }} ({{ with ${queryOf(part, low!)} }}{{ printf $f (. | first | value) }}{{ end }} to {{ with ${queryOf(part, high!)} }}{{ printf $f (. | first | value) }}{{ end }})`;
  const alone = `{{ else }}{{ printf "%.4g" $x }} (unknown){{ end }}`;
  return `{{ with ${queryOf(part, value!)} }}{{ $x := . | first | value }}{{ with ${half} }}${ends}${alone}${UNKNOWN}`;
}

/** With %q for each label that is the alert's own, if there is one. */
function selectorOf({ labels, same }: Pick<OfMetrics, 'labels' | 'same'>, metric: string): string {
  const given = pairsOf(labels);
  if (same.length === 0) return `${metric}{${given.join(', ')}}`;
  return `${metric}{${[...given.map((pair) => pair.replaceAll('%', '%%')), ...same.map((name) => `${name}=%q`)].join(', ')}}`;
}

const pairsOf = (labels: Labels): string[] =>
  Object.entries(labels).map(([name, value]) => `${name}=${JSON.stringify(value)}`);

/** The query; the labels are given once for each selector in it. */
function queryOf({ same }: Pick<OfMetrics, 'same'>, text: string): string {
  if (same.length === 0) return `query \`${text}\``;
  const times = text.split('=%q').length - 1;
  const own = Array.from({ length: times / same.length }, () => same.map((name) => `$labels.${name}`)).flat();
  return `printf \`${text}\` ${own.join(' ')} | query`;
}
