import type { Words } from '../operators/alerts/types.js';

const number = '{{ if gt $x 9999.5 }}{{ printf "%.0f" $x }}{{ else }}{{ printf "%.4g" $x }}{{ end }}';
const FORMATS = { percent: '{{ $x | humanizePercentage }}', duration: '{{ $x | humanizeDuration }}', number };

type Part = Exclude<Words[number], string>;
type MetricPart = Extract<Part, { metric: string }>;

/**
 * Words as a template of Prometheus (Go's text/template): the same text that wordsOf gives for the same samples. A metric
 * that is not there is 'unknown', and so is a value of NaN.
 */
export const templateOf = (words: Words): string =>
  words.map((part) => (typeof part === 'string' ? part.replaceAll('{{', '{{ "{{" }}') : partOf(part))).join('');

function partOf(part: Part): string {
  if ('value' in part) return `{{ $x := $value }}{{ if eq $x $x }}${FORMATS[part.value]}{{ else }}unknown{{ end }}`;
  if (!('metric' in part)) return `{{ $labels.${part.label} }}`;
  const found =
    part.as === 'label'
      ? `{{ . | first | label "${part.label ?? ''}" }}`
      : `{{ $x := . | first | value }}${FORMATS[part.as]}`;
  return `{{ with ${queryOf(part)} }}${found}{{ else }}unknown{{ end }}`;
}

function queryOf({ metric, labels, same }: MetricPart): string {
  const given = Object.entries(labels).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  if (same.length === 0) return `query \`${metric}{${given.join(', ')}}\``;
  const pairs = [...given.map((pair) => pair.replaceAll('%', '%%')), ...same.map((name) => `${name}=%q`)];
  return `printf \`${metric}{${pairs.join(', ')}}\` ${same.map((name) => `$labels.${name}`).join(' ')} | query`;
}
