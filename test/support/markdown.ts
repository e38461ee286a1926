/** A fenced block of a page. `line` is where its fence opens, from 1. */
export interface Block {
  /** First word of the info string. */
  readonly language: string;
  /** The rest of it: a path, or a word on what to do with the block. */
  readonly note: string;
  readonly text: string;
  readonly line: number;
}

/** The fenced blocks of a page in their order. A fence that is not closed is an error. */
export function blocksOf(page: string): Block[] {
  const blocks: Block[] = [];
  let open: { fence: string; info: string; line: number; text: string[] } | undefined;
  page.split('\n').forEach((text, i) => {
    const [, fence = '', info = ''] = /^ {0,3}(`{3,})(.*)$/.exec(text) ?? [];
    if (open === undefined) {
      if (fence !== '') open = { fence, info: info.trim(), line: i + 1, text: [] };
    } else if (fence.length >= open.fence.length && info.trim() === '') {
      const [language = '', ...note] = open.info.split(/\s+/);
      blocks.push({ language, note: note.join(' '), text: open.text.join('\n'), line: open.line });
      open = undefined;
    } else open.text.push(text);
  });
  if (open !== undefined) throw new Error(`fence of line ${open.line} is not closed`);
  return blocks;
}

/** The page without its fenced blocks; the lines keep their numbers. */
export function proseOf(page: string): string {
  const lines = page.split('\n');
  for (const { line, text } of blocksOf(page)) lines.fill('', line - 1, line + text.split('\n').length + 1);
  return lines.join('\n');
}

/** Targets of the links and images of a page, web addresses left out. */
export function linksOf(page: string): string[] {
  const prose = proseOf(page).replace(/`[^`\n]*`/g, '');
  const targets = [...prose.matchAll(/\]\(([^()\s]+)\)|<(?:img|a)\b[^>]*?\b(?:src|href)="([^"]+)"/g)];
  return targets.map(([, link, tag]) => link ?? tag!).filter((target) => !/^(?:[a-z]+:|\/\/)/i.test(target));
}

/** What a link to a heading of the page can name, as GitHub makes it. */
export function anchorsOf(page: string): string[] {
  return [...proseOf(page).matchAll(/^#+ (.*)$/gm)].map(([, title]) =>
    title!
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replace(/\s/g, '-'),
  );
}

/** Rows of every table of the page, trimmed cells; heads and rules are left out. */
export function tableRowsOf(page: string): string[][] {
  const lines = proseOf(page).split('\n');
  const isRule = (line = ''): boolean => /^\|[\s:|-]+\|$/.test(line);
  return lines
    .filter((line, i) => line.startsWith('|') && !isRule(line) && !isRule(lines[i + 1]))
    .map((line) =>
      line
        .slice(1, -1)
        .split(/(?<!\\)\|/)
        .map((cell) => cell.trim()),
    );
}
