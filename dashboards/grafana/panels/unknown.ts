import { MappingType, SpecialValueMatch, type ValueMapping } from '@grafana/grafana-foundation-sdk/dashboard';
import { COLOURS } from '../colours.js';

/** What is not known: Grafana would give it the colour of the lowest step, which may be that of good. */
export const unknownMapping = (text = 'unknown', color: string = COLOURS.grey): ValueMapping => ({
  type: MappingType.SpecialValue,
  options: { match: SpecialValueMatch.NullAndNan, result: { text, color, index: 99 } },
});
