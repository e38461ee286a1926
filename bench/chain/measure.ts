import { runProgram } from '../child_run.js';
import { median } from '../live/statistics.js';
import { spreadOf, type Spread } from '../spread.js';
import { compare, type Comparison } from './compare.js';
import type { Peer } from './peers.js';
import type { Filled, PeerLine } from './result.js';

/** A peer that can run here. */
export interface Runner extends Peer {
  readonly command: readonly string[];
}

export interface Settings {
  readonly folder: string;
  readonly events: number;
  readonly rounds: number;
  readonly repetitions: number;
  /** Which seconds count: those of the clock, or of the processor, which neighbours on the machine disturb less. */
  readonly seconds: 'clock' | 'processor';
}

/** What one peer did in all rounds, each beside a run of the baseline. */
export interface Measured extends Comparison {
  readonly peer: string;
  readonly program: string;
  readonly precision: Peer['precision'];
  readonly events: number;
  /** Median of rounds, of the median repetition of each. */
  readonly eventsPerSecond: number;
  /** Rate over that of the baseline's run just before, median of rounds. */
  readonly ratio: Spread;
  readonly megabytes: number | null;
  readonly seconds: readonly (readonly number[])[];
  readonly processorSeconds: readonly (readonly number[])[];
  /** What the memory gives, if the peer measured it. */
  readonly memoryGigabytesPerSecond: number | null;
}

/** Runs baseline and peer in turn (A B A B …), each a process of its own, and looks at the numbers of every run. */
export function measure(
  peer: Runner,
  baseline: Runner,
  settings: Settings,
  reference: (events: number) => Filled,
  onRun: (peer: string, round: number) => void,
): Measured {
  const rate = ({ events, seconds, processorSeconds }: PeerLine): number =>
    events / median(settings.seconds === 'clock' ? seconds : processorSeconds);
  const runs = Array.from({ length: settings.rounds }, (_, round) => {
    onRun(peer.name, round);
    const own = (): PeerLine => run(peer, settings);
    if (peer.name === baseline.name) return { own: own(), ratio: 1 };
    const before = run(baseline, settings);
    const after = own();
    return { own: after, ratio: rate(after) / rate(before) };
  });
  const lines = runs.map(({ own }) => own);
  const ratios = runs.map(({ ratio }) => ratio);
  const { events } = lines[0]!;
  const compared = lines.map((line) => compare(reference(events), line, events, peer.precision));
  const memory = lines.flatMap(({ gigabytesPerSecond }) => gigabytesPerSecond ?? []);
  return {
    ...{ peer: peer.name, program: peer.program, precision: peer.precision, events },
    eventsPerSecond: median(lines.map(rate)),
    ratio: spreadOf(ratios),
    megabytes: lines[0]!.megabytes === null ? null : Math.max(...lines.map(({ megabytes }) => megabytes!)),
    seconds: lines.map(({ seconds }) => seconds),
    processorSeconds: lines.map(({ processorSeconds }) => processorSeconds),
    memoryGigabytesPerSecond: memory.length === 0 ? null : Math.max(...memory),
    moved: Math.max(...compared.map(({ moved }) => moved)),
    sumsDiffer: Math.max(...compared.map(({ sumsDiffer }) => sumsDiffer)),
    wrong: compared.find(({ wrong }) => wrong !== null)?.wrong ?? null,
  };
}

function run({ name, command, mostEvents }: Runner, { folder, events, repetitions }: Settings): PeerLine {
  const args = [folder, String(Math.min(events, mostEvents ?? Infinity)), String(repetitions)];
  return runProgram({ name, command: [...command, ...args] });
}
