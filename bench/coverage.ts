/**
 * `npm run coverage`: are the errors, intervals and levels of a report what they say? Samples of toy Z → ll events are
 * generated anew and replayed: of a local response (rates of false alarms, coverage of the stated 95 % intervals of bias,
 * median and σ68) and of one that a context term breaks at a known H_T (power, coverage of the onset).
 *
 * Options: --samples N, --events N (in each), --truth N (events that stand for the truth), --seed S,
 * --only null|coverage|onset, --format json
 */
import { checkFormat, wholeNumber } from '../cli/options.js';
import { progressLine } from '../cli/progress.js';
import { messageOf, Problem, wrongPipeline } from '../operators/problem.js';
import type { Row } from './toys/row.js';
import { eventsOf, study, type Study } from './toys/study.js';
import { tableOf } from './toys/table.js';
import { optionValues } from './option_values.js';

const STUDIES: readonly Row['study'][] = ['null', 'coverage', 'onset'];

const OPTIONS = {
  samples: { type: 'string', default: '200' },
  events: { type: 'string', default: '40000' },
  truth: { type: 'string', default: '5000000' },
  seed: { type: 'string', default: '1' },
  only: { type: 'string' },
  format: { type: 'string' },
} as const;

function settings(): Study & { json: boolean } {
  const values = optionValues(OPTIONS);
  checkFormat(values.format);
  const only = STUDIES.find((name) => name === values.only);
  if (values.only !== undefined && only === undefined) {
    throw wrongPipeline(`--only ${values.only}: expected ${STUDIES.join(', ')}`);
  }
  return {
    samples: wholeNumber('--samples', values.samples, 1, 1e6),
    events: wholeNumber('--events', values.events, 1000, 1e9),
    truth: wholeNumber('--truth', values.truth, 1000, 1e10),
    seed: wholeNumber('--seed', values.seed, 0, 2 ** 32 - 1),
    only,
    json: values.format === 'json',
  };
}

try {
  const { json, ...asked } = settings();
  // Nothing is read, so that progress goes by events.
  const line = progressLine(eventsOf(asked));
  const rows = await study(asked, (more) => {
    line.add(more, more);
  });
  line.clear();
  process.stdout.write(json ? `${JSON.stringify({ ...asked, rows }, null, 2)}\n` : `${tableOf(rows)}\n`);
} catch (thrown) {
  process.stderr.write(`${messageOf(thrown)}\n`);
  process.exitCode = thrown instanceof Problem ? thrown.exitCode : 1;
}
