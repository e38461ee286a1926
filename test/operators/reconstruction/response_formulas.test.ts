import { expect, it } from 'vitest';
import { format } from '../../../operators/expressions/formula.js';
import { responseFormulas } from '../../../operators/reconstruction/response_formulas.js';

const object = (n: number, flavour: string) => ({
  pt: [`g${n}_pt`, `r${n}_pt`] as const,
  eta: [`g${n}_eta`, `r${n}_eta`] as const,
  phi: [`g${n}_phi`, `r${n}_phi`] as const,
  with: { flavour },
});

const config = {
  seed: 1,
  objects: [object(1, 'id1'), object(2, 'abs(id2)')],
  pt_scale: '0.01 * pt',
  pt_width: 'where(flavour == 13, 0.01, 0.02)',
  eta_width: 'abs(eta) * pi',
  phi_width: '0.001',
  context: { pt_scale: '0.02 * (H_T - pt)' },
};

it('writes each formula in columns, once for each object', () => {
  const { definitions, names } = responseFormulas(config);
  expect(names.map((named) => [...named].map(([name, to]) => `${name}: ${format(definitions.get(to)!)}`))).toEqual(
    [
      ['g1', 'id1'],
      ['g2', 'abs(id2)'],
    ].map(([g, flavour]) => [
      `pt: ${g!}_pt`,
      `eta: ${g!}_eta`,
      `phi: ${g!}_phi`,
      `pt_scale: 0.01 * ${g!}_pt`,
      `pt_width: where(${flavour!} == 13, 0.01, 0.02)`,
      `eta_width: abs(${g!}_eta) * pi`,
      'phi_width: 0.001',
      `context.pt_scale: 0.02 * (H_T - ${g!}_pt)`,
    ]),
  );
  expect(definitions.size).toBe(16);
});

it('refuses a local formula that looks beyond its object, and one that cannot be read', () => {
  expect(() => responseFormulas({ ...config, tail: { fraction: 'H_T / 1000', scale: '0', width: '0' } })).toThrow(
    /tail\.fraction: 'H_T \/ 1000' uses 'H_T', which is not a parameter of the object \(pt, eta, phi, flavour\): bind/,
  );
  expect(() => responseFormulas({ ...config, objects: [object(1, '1 +')] })).toThrow(
    /objects\.with\.flavour: .*'1 \+'/,
  );
});

it('refuses a formula that gives no number, and in context terms what the scope does not hold', () => {
  expect(() => responseFormulas({ ...config, pt_scale: 'pt > 3' })).toThrow(
    /pt_scale: 'pt > 3' gives no number but a boo/,
  );
  expect(() => responseFormulas({ ...config, pt_scale: 'sqr(pt)' })).toThrow(/pt_scale: .*unknown function 'sqr'/);
  expect(() => responseFormulas(config, new Map())).toThrow(/context\.pt_scale: .*unknown name 'H_T'/);
  expect(() => responseFormulas(config, new Map([['H_T', { type: 'list', unit: 'GeV' }]]))).toThrow(
    /no number but a list/,
  );
  expect(() => responseFormulas(config, new Map([['H_T', { type: 'number', unit: 'GeV' }]]))).not.toThrow();
});
