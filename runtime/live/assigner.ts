/** A member of a group, as it says of itself when it joins. */
export interface GroupMember {
  readonly id: string;
  readonly topics: readonly string[];
  /** What it had last, and in which generation; nothing: −1. */
  readonly generation: number;
  readonly owned: ReadonlyMap<string, readonly number[]>;
}

/** Topic → partitions, of each member. */
export type Shares = Map<string, Map<string, number[]>>;

/**
 * Shares the partitions out: numbers that differ by at most one between members, and as few moves as that allows (each
 * member keeps what it had, up to its number). Topics with the same number of partitions are one: partition p of all of
 * them goes to one member, so that events and their truth meet. Smaller groups of topics go to whom has least so far.
 * A function of its arguments alone; the order of members does not matter. A topic that no member wants is not shared.
 */
export function assign(members: readonly GroupMember[], counts: ReadonlyMap<string, number>): Shares {
  const sorted = [...members].sort((a, b) => (a.id < b.id ? -1 : 1));
  const shares: Shares = new Map(sorted.map(({ id }) => [id, new Map<string, number[]>()]));
  const load = new Map(sorted.map(({ id }) => [id, 0]));
  const newest = Math.max(...sorted.map(({ generation }) => generation));
  for (const topics of coPartitioned(counts)) {
    const wanting = sorted.filter((member) => topics.some((topic) => member.topics.includes(topic)));
    if (wanting.length === 0) continue;
    const had = new Map(wanting.map((each) => [each.id, each.generation === newest ? ownedOf(each, topics) : []]));
    for (const [id, partitions] of share(had, load, counts.get(topics[0]!)!)) {
      load.set(id, load.get(id)! + partitions.length);
      const wanted = sorted.find((member) => member.id === id)!.topics;
      for (const topic of topics)
        if (wanted.includes(topic) && partitions.length > 0) shares.get(id)!.set(topic, partitions);
    }
  }
  return shares;
}

/** Topics by number of partitions, largest first; names in order. */
function coPartitioned(counts: ReadonlyMap<string, number>): string[][] {
  const numbers = [...new Set(counts.values())].sort((a, b) => b - a);
  return numbers.map((n) => [...counts.keys()].filter((topic) => counts.get(topic) === n).sort());
}

/** Partitions that the member had of any of the topics. */
const ownedOf = ({ owned }: GroupMember, topics: readonly string[]): number[] =>
  [...new Set(topics.flatMap((topic) => owned.get(topic) ?? []))].sort((a, b) => a - b);

/** Partitions 0 to count − 1 to members in the order of `had`. */
function share(
  had: ReadonlyMap<string, readonly number[]>,
  load: ReadonlyMap<string, number>,
  count: number,
): Map<string, number[]> {
  const ids = [...had.keys()];
  // One more goes to those that had most, then to those that have least of other topics.
  const byClaim = [...ids].sort((a, b) => had.get(b)!.length - had.get(a)!.length || load.get(a)! - load.get(b)!);
  const extra = new Set(byClaim.slice(0, count % ids.length));
  const quota = (id: string): number => Math.floor(count / ids.length) + (extra.has(id) ? 1 : 0);
  const free = new Set(Array.from({ length: count }, (_, partition) => partition));
  const out = new Map<string, number[]>();
  for (const id of ids) {
    const kept = had
      .get(id)!
      .filter((partition) => free.has(partition))
      .slice(0, quota(id));
    for (const partition of kept) free.delete(partition);
    out.set(id, kept);
  }
  for (const id of ids) {
    const mine = out.get(id)!;
    for (const partition of free) {
      if (mine.length >= quota(id)) break;
      mine.push(partition);
      free.delete(partition);
    }
    mine.sort((a, b) => a - b);
  }
  return out;
}
