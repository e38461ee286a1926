const REFRESH_MS = 200;

/** Shows what is being done, how much of the whole is and the time left on a terminal; silent elsewhere. */
export function stageLine(terminal: NodeJS.WriteStream = process.stderr) {
  const start = Date.now();
  let shown = 0;
  return {
    show(what: string, done: number): void {
      const now = Date.now();
      if (!terminal.isTTY || now - shown < REFRESH_MS) return;
      shown = now;
      terminal.write(`\r\x1b[K${stageText(what, done, (now - start) / 1000)}`);
    },
    clear(): void {
      if (terminal.isTTY && shown > 0) terminal.write('\r\x1b[K');
    },
  };
}

/** 'attacks, 40 %, 12 s left' */
export const stageText = (what: string, done: number, seconds: number): string =>
  `${what}, ${Math.floor(100 * done)} %${done > 0.01 ? `, ${Math.ceil((seconds * (1 - done)) / done)} s left` : ''}`;
