import { firstDifference, type Difference } from './first_difference.js';
import type { Stored } from './stored.js';

export interface Compared {
  readonly same: boolean;
  readonly partitions: number;
  readonly differences: { readonly partition: string; readonly first: Difference }[];
}

const place = ({ of }: Stored): string => `${of.topic}/${of.partition}`;

/** Of each partition the one to be trusted first: the first in the order of storedInFolder and storedInTopic. */
export const newest = (stored: readonly Stored[]): Stored[] =>
  stored.filter((each, at) => stored.findIndex((other) => place(other) === place(each)) === at);

/**
 * Whether two sets of checkpoints, one a partition, hold the same bits, and where each partition first differs. Who wrote
 * them (epoch, sequence) is left out; a partition that one set lacks differs; a damaged one throws its Problem.
 */
export function compareStored(a: readonly Stored[], b: readonly Stored[]): Compared {
  const content = (stored: Stored | undefined): unknown => {
    if (stored === undefined) return undefined;
    if (stored.damage !== null) throw stored.damage;
    const { pipelineHash, next, from, deadLetters, state } = stored.checkpoint;
    return { pipelineHash, next, from, deadLetters, state };
  };
  const names = [...new Set([...a, ...b].map(place))];
  const differences = names.flatMap((partition) => {
    const [left, right] = [a, b].map((set) => content(set.find((each) => place(each) === partition)));
    const first = firstDifference(left, right);
    return first === null ? [] : [{ partition, first }];
  });
  return { same: differences.length === 0, partitions: names.length, differences };
}
