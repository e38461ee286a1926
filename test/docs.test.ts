import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { pipelineSchema } from '../schemas/pipeline.js';
import type { Report } from '../schemas/report.js';
import { anchorsOf, blocksOf, linksOf, proseOf, tableRowsOf, type Block } from './support/markdown.js';
import { schemaEntries, type SchemaNode } from './support/schema_entries.js';
import { scratch } from './support/scratch.js';
import { root, shell } from './support/shell.js';
import { firstUnprinted } from './support/shown.js';

const inDocs = readdirSync(join(root, 'docs'), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => relative(root, join(entry.parentPath, entry.name)));
const pages = ['README.md', 'CONTRIBUTING.md', ...inDocs.filter((file) => file.endsWith('.md'))];
const textOf = (page: string): string => readFileSync(join(root, page), 'utf8');

/** A folder in which the program is at hand as in a checkout, and out/ is free. */
const folder = scratch();
function layOut(name: string): string {
  const cwd = join(folder, name);
  mkdirSync(join(cwd, 'out'), { recursive: true });
  for (const entry of ['bin', 'dist', 'models', 'pipelines', 'samples', 'package.json', 'node_modules'])
    symlinkSync(join(root, entry), join(cwd, entry));
  return cwd;
}

/** Lines of a block of commands: comments left out, those that end in `\` joined to the next. */
const commandsIn = ({ text }: Block): string[] =>
  text
    .replaceAll('\\\n', ' ')
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.trimStart().startsWith('#'));
/** They install, fetch, or set a variable for what is not executed either. */
const isSkipped = (line: string): boolean => /^(?:npm|git|export) /.test(line);
const asHere = (line: string): string => line.replace(/\bnpx regimewatch\b/g, 'node bin/regimewatch.js');

/**
 * The commands of every page. A block marked `sh no-test` is not executed here: those in docs/batch.md need Slurm, those of
 * live need a broker (test/kafka/live_docs.test.ts), those of deployment Docker or a cluster (test/docker), and one in
 * README.md serves until Ctrl-C. The list is complete, so that no block leaves the test unseen.
 */
const untested = [
  ...['README.md', 'docs/batch.md', 'docs/batch.md'],
  ...['docs/deployment.md', 'docs/deployment.md', 'docs/deployment.md', 'docs/deployment.md'],
  ...['docs/live.md', 'docs/live.md', 'docs/live.md'],
];

test('only blocks that need a server or a batch system are not executed', () => {
  const commands = pages.flatMap((page) =>
    blocksOf(textOf(page))
      .filter(({ language }) => /^(?:sh|bash|shell|zsh|console)/.test(language))
      .map(({ language, note }) => ({ page, info: `${language} ${note}`.trim() })),
  );
  expect(commands.filter(({ info }) => info !== 'sh' && info !== 'sh no-test')).toEqual([]);
  expect(commands.flatMap(({ page, info }) => (info === 'sh' ? [] : [page]))).toEqual(untested);
});

describe.each(pages)('%s', (page) => {
  const blocks = blocksOf(textOf(page));
  const cwd = layOut(page);
  // A block of YAML that names a file is that file for the commands of the page.
  for (const { language, note, text } of blocks)
    if (language === 'yaml' && /^[\w-]+\.yaml$/.test(note)) writeFileSync(join(cwd, note), `${text}\n`);

  const runs = blocks.flatMap((block, i) => {
    const lines = block.language === 'sh' && block.note === '' ? commandsIn(block).filter((l) => !isSkipped(l)) : [];
    const next = blocks[i + 1];
    const shown = next?.language === 'text' ? next.text : undefined;
    return lines.length === 0 ? [] : [{ line: block.line, lines, shown }];
  });
  test.each(runs)('line $line: the commands run, and print what is shown', async ({ lines, shown }) => {
    let printed = '';
    for (const line of lines) {
      const { code, stdout, stderr } = await shell(asHere(line), cwd);
      expect.soft(code, `${line}\n${stderr}`).toBe(0);
      printed += stdout;
    }
    if (shown !== undefined) expect(firstUnprinted(shown, printed, cwd), printed).toBeUndefined();
  });

  const pipelines = blocks.filter(
    ({ language, text }) => language === 'yaml' && (page === 'docs/pipelines.md' || /^pipeline:/m.test(text)),
  );
  test.each(pipelines)('line $line: the pipeline passes regimewatch check', async ({ line, text }) => {
    const file = `block-${line}.yaml`;
    writeFileSync(join(cwd, file), `${text}\n`);
    const { code, stderr } = await shell(asHere(`npx regimewatch check ${file}`), cwd);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  test('its links lead to files and headings', () => {
    for (const link of linksOf(textOf(page))) {
      const [path = '', anchor] = link.split('#');
      const target = path === '' ? page : normalize(join(dirname(page), path));
      expect.soft(existsSync(join(root, target)), link).toBe(true);
      if (anchor !== undefined) expect.soft(anchorsOf(textOf(target)), link).toContain(anchor);
    }
  });
});

test('every file of docs/ is linked from a page', () => {
  const targets = pages.flatMap((page) =>
    linksOf(textOf(page)).map((link) => normalize(join(dirname(page), link.replace(/#.*/, '')))),
  );
  expect(inDocs.filter((file) => !targets.includes(file))).toEqual([]);
});

test('docs/dependencies.md names what package.json names', () => {
  const manifest = JSON.parse(textOf('package.json')) as Record<string, Record<string, string> | undefined>;
  const kinds = ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'];
  const wanted = new Set(kinds.flatMap((kind) => Object.keys(manifest[kind] ?? {})));
  const named = tableRowsOf(textOf('docs/dependencies.md')).flatMap(([first = '']) => first.split(/,\s*/));
  expect(named.sort()).toEqual([...wanted].sort());
});

describe('the command line', () => {
  const options = new Map<string, Set<string>>();
  const help = async (line: string): Promise<string> =>
    (await shell(`node bin/regimewatch.js ${line} --help`, root)).stdout;
  const optionsIn = (text: string): string[] => [...text.matchAll(/(?<![\w-])--[a-z][a-z-]*/g)].map(([name]) => name);

  beforeAll(async () => {
    const main = await help('');
    const commands = [...main.slice(main.indexOf('Commands:')).matchAll(/^ {2}([a-z]+) /gm)].map(([, name]) => name!);
    expect(commands).toContain('replay');
    options.set('', new Set(optionsIn(main)));
    for (const name of commands.filter((name) => name !== 'help'))
      options.set(name, new Set(optionsIn(await help(name))));
    // A start of the program for each command.
  }, 120_000);

  test('has every command and option that a page uses', () => {
    for (const page of pages) {
      const text = textOf(page);
      const used = [...blocksOf(text).flatMap(({ text }) => text.split('\n')), ...spansOf(text)];
      for (const line of used) {
        const [, command, rest] = /(?:\bregimewatch(?:\.js)?) ([a-z]+)\b(.*)$/.exec(line.replaceAll('\\\n', ' ')) ?? [];
        if (command === undefined || rest === undefined) continue;
        expect.soft([...options.keys()], `${page}: ${line}`).toContain(command);
        for (const name of optionsIn(rest))
          expect.soft([...(options.get(command) ?? [])], `${page}: ${line}`).toContain(name);
      }
      const known = [...options.values()].flatMap((names) => [...names]);
      // `npm start -- --once`: what stands before ` -- ` is npm's.
      for (const span of spansOf(text).map((span) => span.replace(/^npm .*? -- /, '')))
        for (const name of optionsIn(span)) expect.soft(known, `${page}: ${span}`).toContain(name);
    }
  });

  test('has no command that README.md and docs/pipelines.md leave out', () => {
    const text = textOf('README.md') + textOf('docs/pipelines.md');
    for (const name of options.keys()) expect.soft(text).toContain(`regimewatch ${name}`);
  });
});

/** Code in the lines of a page. */
const spansOf = (page: string): string[] => [...proseOf(page).matchAll(/`([^`\n]+)`/g)].map(([, code]) => code!);

describe('docs/pipelines.md', () => {
  const page = textOf('docs/pipelines.md');

  test('lists every entry of the schema, and its default', () => {
    const schema = z.toJSONSchema(pipelineSchema, { io: 'input', unrepresentable: 'any' }) as SchemaNode;
    const rows = tableRowsOf(page).filter((row) => row.length === 3);
    const listed = new Map(rows.map(([entry = '', , standard = '']) => [entry.replaceAll('`', ''), standard]));
    const entries = schemaEntries(schema);
    // An entry that several forms of another have is listed once.
    expect([...listed.keys()]).toEqual([...new Set(entries.map(({ path }) => path))]);
    for (const { path, required, default: value } of entries) {
      const cell = listed.get(path)!;
      expect.soft(cell.startsWith('required'), path).toBe(required);
      if (value === undefined) continue;
      const isPlain = typeof value !== 'object' || Object.keys(value as object).length === 0;
      expect
        .soft(cell, path)
        .toBe(isPlain ? `\`${typeof value === 'string' ? value : JSON.stringify(value)}\`` : 'as below');
    }
  });

  test('the file with names of its own is read as the page says', async () => {
    const cwd = layOut('dimuon');
    const { text } = blocksOf(page).find(({ note }) => note === 'dimuon.yaml')!;
    writeFileSync(join(cwd, 'dimuon.yaml'), text.replace('  root:\n    tree: Events\n', '  jsonl:\n'));
    const events = Array.from({ length: 300 }, (_, i) => {
      const muons = i % 10 === 0 ? 1 : 2;
      // A pair of equal pT back to back at η = 0 has the mass 2 pT: 2 % more than the truth that is given below.
      const pt = 40_000 + 10 * i;
      return {
        run: 1,
        luminosityBlock: 1 + (i % 3),
        event: i === 299 ? 296 : i,
        genWeight: i % 2 === 0 ? 1 : -0.5,
        Muon_pt: [pt, pt].slice(0, muons),
        Muon_eta: [0, 0].slice(0, muons),
        Muon_phi: [0, Math.PI].slice(0, muons),
        GenZ_mass: (2 * pt) / 1.02,
        Jet_pt: Array.from({ length: i % 5 }, (_, j) => 25_000 + 10_000 * j),
      };
    });
    writeFileSync(join(cwd, 'events.jsonl'), events.map((event) => JSON.stringify(event)).join('\n'));
    const { stdout, stderr } = await shell(
      asHere('npx regimewatch replay dimuon.yaml events.jsonl --format json'),
      cwd,
    );
    expect(stderr).toBe('');
    const report = JSON.parse(stdout) as Report;
    expect(report.events).toEqual({
      read: 300,
      used: 269,
      rejected: { 'mu2_pt: not a finite number': 30 },
      late: 0,
      duplicate: 1,
    });
    const all = report.response?.find(({ regime, split }) => regime === 'all' && split === 'all');
    expect(all?.bias.value).toBeCloseTo(0.02, 6);
    const heights = report.context.find(({ variable }) => variable === 'H_T');
    expect(heights?.mean.value).toBeGreaterThan(80);
    expect(heights?.mean.value).toBeLessThan(87);
    expect(report.regimes?.chosen).toMatch(/Calinski/);
  });
});
