import { MappingType, ThresholdsConfigBuilder, type ValueMapping } from '@grafana/grafana-foundation-sdk/dashboard';
import { ThresholdsMode } from '@grafana/grafana-foundation-sdk/dashboard';
import { COLOURS } from '../colours.js';

/** What regimewatch_quality means, in words and in colours. */
const VERDICTS = [
  ['Null: too little data', COLOURS.grey],
  ['Good', COLOURS.blue],
  ['Medium', COLOURS.orange],
  ['Bad', COLOURS.red],
] as const;

export const verdictMappings = (): ValueMapping[] => [
  {
    type: MappingType.ValueToText,
    options: Object.fromEntries(VERDICTS.map(([text, color], index) => [String(index), { text, color, index }])),
  },
];

export const verdictThresholds = () =>
  new ThresholdsConfigBuilder()
    .mode(ThresholdsMode.Absolute)
    .steps(VERDICTS.map(([, color], value) => ({ value: value === 0 ? null : value, color })));

/** Words for 0 and 1. */
export const yesNoMappings = (no: string, yes: string): ValueMapping[] => [
  {
    type: MappingType.ValueToText,
    options: { 0: { text: no, color: COLOURS.blue, index: 0 }, 1: { text: yes, color: COLOURS.red, index: 1 } },
  },
];
