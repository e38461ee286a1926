import { describe, expect, it } from 'vitest';
import { axisMetadata, regularAxis, uhiFile, uhiHistogram } from '../../../sinks/export/uhi.js';
import { uhiMistakes } from '../../support/uhi_schema.js';

const axis = regularAxis([2, 0, 1], { name: 'x' });
const zeros = [0, 0, 0, 0];
const one = uhiHistogram({ program: '0.1.0', title: 'x' }, {}, [axis], {
  type: 'weighted',
  values: zeros,
  variances: zeros,
});

describe('file of UHI histograms', () => {
  it('holds them by name, a line each', () => {
    const text = uhiFile({ 'context/H_T': one, 'spectrum/reco': one });
    expect(JSON.parse(text)).toEqual({ 'context/H_T': one, 'spectrum/reco': one });
    expect(text.split('\n')).toHaveLength(5);
    expect(uhiMistakes(one)).toBe('');
    expect(JSON.parse(uhiFile({}))).toEqual({});
  });

  it.each(['', 'uhi_schema'])("refuses the name '%s', which would be read as a single histogram", (name) => {
    expect(() => uhiFile({ [name]: one })).toThrow(`histogram '${name}': no histogram may have this name`);
  });

  it('labels axes with title and unit', () => {
    expect(axisMetadata({ name: 'H_T' })).toEqual({ name: 'H_T', label: 'H_T' });
    expect(axisMetadata({ name: 'm', title: 'm_ll', unit: 'GeV' })).toEqual({
      name: 'm',
      label: 'm_ll [GeV]',
      unit: 'GeV',
    });
  });

  it('is checked: the schema finds a missing variance and a nested metadata', () => {
    expect(uhiMistakes({ ...one, storage: { type: 'weighted', values: zeros } })).not.toBe('');
    expect(uhiMistakes({ ...one, metadata: { a: { b: 1 } } })).not.toBe('');
  });
});
