import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { wrongPipeline } from '../../operators/problem.js';

/** A step of a runbook, as it stands there. */
export interface Step {
  readonly section: string;
  /** From 1 in its section. */
  readonly number: number;
  readonly text: string;
}

export interface Runbook {
  readonly file: string;
  readonly title: string;
  readonly steps: readonly Step[];
}

const ITEM = /^(?:\d+[.)]|[-*])\s+(.*)$/;

/** Headings and the items of the lists below them; an item goes on over indented lines. */
export function parseRunbook(file: string, text: string): Runbook {
  let [title, section, fenced] = ['', '', false];
  const steps: { section: string; number: number; text: string }[] = [];
  let open: { text: string } | null = null;
  for (const line of text.split('\n')) {
    if (line.trimStart().startsWith('```')) fenced = !fenced;
    const heading = fenced ? null : /^(#+)\s+(.*)$/.exec(line);
    const item = fenced ? null : ITEM.exec(line);
    if (heading) {
      if (heading[1]!.length === 1) title = heading[2]!;
      else section = heading[2]!;
      open = null;
    } else if (item) {
      const number = steps.filter((step) => step.section === section).length + 1;
      const step = { section, number, text: item[1]! };
      steps.push(step);
      open = step;
    } else if (open && /^\s+\S/.test(line)) open.text += ` ${line.trim()}`;
    else if (line.trim() !== '') open = null;
  }
  return { file, title, steps };
}

/** The runbook of an alert in a folder. An alert without one is a Problem. */
export async function readRunbook(folder: string, alert: string): Promise<Runbook> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.md')).sort();
  const wanted = names.find((name) => name.toLowerCase() === `${alert.toLowerCase()}.md`);
  if (wanted === undefined) {
    const known = names.map((name) => basename(name, '.md')).join(', ');
    throw wrongPipeline(`alert ${alert}: no runbook in ${folder}; there are ${known || 'none'}`);
  }
  const file = join(folder, wanted);
  return parseRunbook(file, await readFile(file, 'utf8'));
}
