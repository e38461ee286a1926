/** Reads the Prometheus text format (version 0.0.4): 'name{label="value",...}' → value; throws at a line it cannot read. */
export function parseExposition(text: string): Map<string, number> {
  const samples = new Map<string, number>();
  const declared = new Set<string>();
  for (const line of text.split('\n')) {
    if (line === '') continue;
    const comment = /^# (HELP|TYPE) ([a-zA-Z_:][\w:]*) \S/.exec(line);
    if (comment) {
      declared.add(comment[2]!);
      continue;
    }
    const match = /^([a-zA-Z_:][\w:]*)(\{(?:[a-zA-Z_]\w*="(?:[^"\\\n]|\\[\\n"])*",?)*\})? (\S+)$/.exec(line);
    if (!match) throw new Error(`no exposition line: ${line}`);
    const [, name = '', labels = '', value] = match;
    if (!declared.has(name) && !declared.has(name.replace(/_(bucket|sum|count)$/, '')))
      throw new Error(`no HELP or TYPE before: ${line}`);
    const sorted = [...labels.matchAll(/[a-zA-Z_]\w*="(?:[^"\\\n]|\\[\\n"])*"/g)].map(([label]) => label).sort();
    const key = `${name}{${sorted.join(',')}}`;
    if (samples.has(key)) throw new Error(`given twice: ${line}`);
    samples.set(key, Number(value));
  }
  return samples;
}
