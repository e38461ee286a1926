import { checkFormat, wholeNumber } from '../../cli/options.js';
import { wrongPipeline } from '../../operators/problem.js';
import { peerNamed, peersNamed } from './peers.js';
import { optionValues } from '../option_values.js';

const OPTIONS = {
  events: { type: 'string', default: String(2 ** 22) },
  rounds: { type: 'string', default: '5' },
  repetitions: { type: 'string', default: '5' },
  peers: { type: 'string' },
  baseline: { type: 'string', default: 'plain_loop' },
  seconds: { type: 'string', default: 'clock' },
  format: { type: 'string' },
} as const;

/** What the command line asks for; a Problem (2) where it cannot be. */
export function settings() {
  const values = optionValues(OPTIONS);
  checkFormat(values.format);
  const seconds = (['clock', 'processor'] as const).find((name) => name === values.seconds);
  if (seconds === undefined) throw wrongPipeline(`--seconds ${values.seconds}: expected clock or processor`);
  return {
    events: wholeNumber('--events', values.events, 1, 1e9),
    rounds: wholeNumber('--rounds', values.rounds, 1, 1000),
    repetitions: wholeNumber('--repetitions', values.repetitions, 1, 1000),
    peers: peersNamed(values.peers),
    baseline: peerNamed('--baseline', values.baseline),
    seconds,
    json: values.format === 'json',
  };
}
