import { describe, expect, test } from 'vitest';
import { compile } from '../../operators/expressions/evaluate.js';
import { format } from '../../operators/expressions/formula.js';
import {
  DECLARED_BIAS,
  DECLARED_SIGMA,
  declaredFormulas,
  featureColumn,
  hasLocalModel,
  objectFormulas,
} from '../../runtime/local_formulas.js';
import { planPipeline } from '../../runtime/pipeline_plan.js';
import { problemOf } from '../support/problem_of.js';
import { basePipeline } from '../support/stage.js';

const declare = (bias: string, sigma: string): string => `local_model.declared={ bias: "${bias}", sigma: "${sigma}" }`;

describe('objectFormulas', () => {
  test('are the features of all objects, each formula once', () => {
    const { pipeline, locate } = basePipeline('objects.1.pt=gen_pt1');
    expect(objectFormulas(pipeline, locate).map(({ name, formula, path }) => [name, format(formula), path])).toEqual([
      ['(object gen_pt1)', 'gen_pt1', ['objects', 0, 'pt']],
      ['(object abs(gen_eta1))', 'abs(gen_eta1)', ['objects', 0, 'abs_eta']],
      ['(object abs(gen_eta2))', 'abs(gen_eta2)', ['objects', 1, 'abs_eta']],
    ]);
  });

  test('need truth and objects with features', () => {
    for (const without of ['response=none', 'objects=none', 'objects=[{}, {}]', 'objects=[]']) {
      const { pipeline, locate } = basePipeline(without);
      expect([without, hasLocalModel(pipeline), objectFormulas(pipeline, locate)]).toEqual([without, false, []]);
    }
    expect(hasLocalModel(basePipeline().pipeline)).toBe(true);
  });
});

describe('declaredFormulas', () => {
  test('are the mean of the objects’ biases and the root of the sum of their squared widths over their number', () => {
    const { pipeline, locate } = basePipeline(declare('0.001 * pt - abs_eta', '0.01 + 0.0001 * pt'));
    const formulas = declaredFormulas(pipeline, locate)!;
    const evaluate = compile(formulas, [...formulas.keys()], [DECLARED_BIAS, DECLARED_SIGMA]);
    const column = (text: string, ...x: number[]) => [featureColumn(text), Float64Array.from(x)] as const;
    const made = evaluate(
      new Map([
        column('gen_pt1', 30, 100),
        column('gen_pt2', 50, 40),
        column('abs(gen_eta1)', 0.5, 0),
        column('abs(gen_eta2)', 1.5, 2),
      ]),
      2,
    );
    const sigma = (a: number, b: number): number => Math.hypot(0.01 + 1e-4 * a, 0.01 + 1e-4 * b) / 2;
    const [bias, width] = [made.get(DECLARED_BIAS)!, made.get(DECLARED_SIGMA)!];
    expect(bias[0]).toBeCloseTo((0.03 - 0.5 + 0.05 - 1.5) / 2, 14);
    expect(bias[1]).toBeCloseTo((0.1 + 0.04 - 2) / 2, 14);
    expect(width[0]).toBeCloseTo(sigma(30, 50), 14);
    expect(width[1]).toBeCloseTo(sigma(100, 40), 14);
  });

  test('of one object are its own; a constant is a formula', () => {
    const { pipeline, locate } = basePipeline('objects.1=none', declare('-0.01', 'pt / 1000'));
    const formulas = declaredFormulas(pipeline, locate)!;
    const evaluate = compile(formulas, [...formulas.keys()], [DECLARED_BIAS, DECLARED_SIGMA]);
    const made = evaluate(new Map([[featureColumn('gen_pt1'), Float64Array.of(20)]]), 1);
    expect(made.get(DECLARED_BIAS)![0]).toBe(-0.01);
    expect(made.get(DECLARED_SIGMA)![0]).toBeCloseTo(0.02, 15);
  });

  test('are not there without a declaration or without a local model', () => {
    const none = [basePipeline(), basePipeline('objects=none', declare('0', '1'))];
    for (const { pipeline, locate } of none) expect(declaredFormulas(pipeline, locate)).toBeNull();
  });
});

describe('a wrong local model is refused with its place', () => {
  test.each([
    [
      [declare('gen_pt1', '1')],
      "local_model.declared.bias: 'gen_pt1' is no feature of the objects (pt, abs_eta); a local response can use these alone",
    ],
    [
      [declare('0', 'H_T')],
      "local_model.declared.sigma: 'H_T' is no feature of the objects (pt, abs_eta); a local response can use these alone",
    ],
    [[declare('pt < 3', '1')], 'local_model.declared.bias: gives no number but a boolean'],
    [[declare('0', 'pt +')], 'local_model.declared.sigma: '],
    [['local_model.knots.ptt=4'], "local_model.knots.ptt: unknown feature 'ptt', did you mean 'pt'?"],
    [
      ['local_model.categories.flavour=[11]'],
      "local_model.categories.flavour: unknown feature 'flavour'; known here: pt, abs_eta",
    ],
    [
      ['local_model.categories.pt=[11]', 'local_model.knots.pt=4'],
      "local_model.knots.pt: 'pt' is one of local_model.categories, which have no knots",
    ],
    [['objects=none', 'local_model.knots.pt=4'], 'local_model.knots.pt: the pipeline has no objects with features'],
    [['local_model.verdict=declared'], 'local_model.verdict: is declared, but there is no local_model.declared'],
    [['objects.0.pt=gen_pt1 +'], 'objects.0.pt: '],
    [['objects.0.pt=gen_ptt1'], 'objects.0.pt: '],
  ])('%j', async (overrides, message) => {
    const problem = await problemOf(() => {
      const { pipeline, locate } = basePipeline(...overrides);
      planPipeline(pipeline, locate);
    });
    expect(problem.exitCode).toBe(2);
    expect(problem.message).toContain(`--set ${overrides.at(-1)!}: ${message}`);
  });

  test('with its line', async () => {
    const problem = await problemOf(() => {
      const { pipeline, locate } = basePipeline();
      const model = { ...pipeline.local_model, knots: { abs_et: 3 } };
      planPipeline({ ...pipeline, local_model: model }, locate);
    });
    expect(problem.message).toBe("p.yaml: local_model.knots.abs_et: unknown feature 'abs_et', did you mean 'abs_eta'?");
  });
});
