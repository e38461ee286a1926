/** What one measured run gives. */
export interface Run {
  readonly events: number;
  readonly cpuSeconds: number;
  readonly wallSeconds: number;
  readonly megabytes: number;
}

/** What a run reads. */
export interface Source {
  readonly broker: string;
  readonly topic: string;
  /** Events of the topic, all in partition 0. */
  readonly events: number;
  readonly encoding: 'arrow' | 'avro';
  /** Pipeline file, and the entries that are set over it. */
  readonly pipeline: string;
  readonly set: readonly string[];
  /** Events of a window. */
  readonly window: number;
  /** Group whose models are used, where the run does not learn its own. */
  readonly models: string | null;
}

/** Counts the processor's time of this process, all threads, and that of the clock from its making on. */
export function meter(): (events: number) => Run {
  const cpu = process.cpuUsage();
  const start = performance.now();
  return (events) => {
    const { user, system } = process.cpuUsage(cpu);
    const wallSeconds = (performance.now() - start) / 1000;
    return { events, cpuSeconds: (user + system) / 1e6, wallSeconds, megabytes: process.resourceUsage().maxRSS / 1024 };
  };
}
