import { z } from 'zod';

const name = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'a name is letters, digits and _, and starts with a letter');
const formula = z
  .union([z.string().min(1), z.number()])
  .transform(String)
  .describe('a formula, see docs/formulas.md');
const range = z
  .tuple([z.number().nullable(), z.number().nullable()])
  .refine(([low, high]) => low === null || high === null || low <= high, 'the low end must not exceed the high end');

const uncertainty = z
  .union([
    z.strictObject({ absolute: z.number().nonnegative() }),
    z.strictObject({ relative: z.number().nonnegative().describe('of the size of the nominal value') }),
    z.strictObject({ formula }).describe('σ of the event, of its nominal columns; 0 holds the value'),
  ])
  .describe('one standard deviation of what an experiment does not know of the input, in its unit');

const preprocess = z.strictObject({
  log: z.boolean().default(false).describe('log(1 + x) first'),
  shift: z.number().default(0),
  scale: z.number().positive().default(1).describe('the model gets (x − shift) / scale'),
});

const input = z
  .strictObject({
    name,
    formula: formula.optional().describe('of columns and definitions of the pipeline; default the column of this name'),
    unit: z.string().min(1).optional(),
    title: z.string().optional(),
    range: range.optional().describe('what the quantity can be; a perturbed value stays inside'),
    step: z.number().positive().optional().describe('a discrete quantity: whole multiples of this'),
    missing: z.number().optional().describe('value where the column gives NaN; such a value is held'),
    preprocess: preprocess.optional(),
    uncertainty: uncertainty.optional().describe('without it the input is held'),
    follows: formula
      .optional()
      .describe(
        'an input that follows from others: formula of inputs as perturbed, and of nominal values as nominal_NAME; never perturbed on its own',
      ),
    tensor: z.string().optional().describe('which of several named tensors of the model it belongs to'),
  })
  .refine(({ uncertainty, follows }) => uncertainty === undefined || follows === undefined, {
    message: 'an input that follows from others has no uncertainty of its own',
  });

/** What one number of the model's outputs means. */
const output = z.strictObject({
  name,
  tensor: z.string().optional().describe('name of the output in the file; default the first one'),
  index: z.number().int().min(0).default(0).describe('which number of the row'),
  meaning: z.enum(['logit', 'probability', 'value']),
  unit: z.string().min(1).optional(),
  title: z.string().optional(),
});

const task = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('classify'),
    output: name.describe('score of the signal class, a logit or a probability'),
    others: z.array(name).default([]).describe('several classes: the other scores; the largest one decides'),
    working_point: z.number().optional().describe('signal is a score above it; default 0.5, or 0 for a logit'),
    label: formula.optional().describe('1 for signal, 0 for background; without it the decision itself is the label'),
  }),
  z.strictObject({
    kind: z.literal('regress'),
    output: name,
    truth: formula.optional().describe('what it should be; the response is (output − truth) / truth'),
    resolution: formula.describe('one standard deviation of output − truth, in the unit of the output'),
    tolerance: z
      .number()
      .positive()
      .default(1)
      .describe('an event is fooled if its output moves by so many resolutions'),
  }),
]);

/** A model card: what one needs to run a model right, to check that it runs right, and to probe it. */
export const modelCardSchema = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9_-]*$/, 'lower-case letters, digits, - and _'),
  title: z.string().min(1),
  file: z.string().min(1).describe('the ONNX file, beside the card'),
  sha256: z.string().regex(/^[0-9a-f]{64}$/, 'SHA-256 of the file: 64 hexadecimal digits'),
  opset: z.number().int().min(7),
  runtime: z.string().describe('what it was tested with'),
  licence: z.string().min(1),
  training: z.strictObject({
    reference: z.string().describe('script or publication'),
    sample: z.string().optional(),
    events: z.number().int().positive().optional(),
  }),
  pipeline: z.string().min(1).describe('pipeline file, relative to the card: columns, definitions, context, regimes'),
  inputs: z.array(input).min(1),
  correlated: z
    .array(
      z
        .strictObject({
          inputs: z.array(name).min(2),
          correlation: z.array(z.array(z.number().min(-1).max(1))).describe('of their uncertainties, row by row'),
        })
        .describe('a group whose uncertainties are correlated'),
    )
    .default([]),
  tensor: z.strictObject({ type: z.enum(['float32', 'float64']).default('float32') }).default({ type: 'float32' }),
  outputs: z.array(output).min(1),
  task,
  envelope: z
    .record(name, range)
    .default({})
    .describe('range of inputs in training; events outside are run, counted and told'),
  validation: z
    .strictObject({
      file: z.string().min(1).describe('CSV beside the card: inputs by name, then outputs by name, one row an event'),
      tolerance: z.number().positive().default(1e-5).describe('largest difference of an output, of its size plus 1'),
    })
    .optional(),
  caveats: z.array(z.string()).default([]),
});

export type ModelCard = z.infer<typeof modelCardSchema>;
export type CardInput = ModelCard['inputs'][number];
