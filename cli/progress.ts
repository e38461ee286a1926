const REFRESH_MS = 200;

/** Shows events, rate and time left on a terminal; silent where the output is no terminal. */
export function progressLine(totalBytes: number, terminal: NodeJS.WriteStream = process.stderr) {
  const start = Date.now();
  let shown = 0;
  let events = 0;
  let bytes = 0;
  return {
    add(moreEvents: number, moreBytes: number): void {
      events += moreEvents;
      bytes += moreBytes;
      const now = Date.now();
      if (!terminal.isTTY || now - shown < REFRESH_MS) return;
      shown = now;
      terminal.write(`\r\x1b[K${progressText(events, bytes, totalBytes, (now - start) / 1000)}`);
    },
    clear(): void {
      if (terminal.isTTY && shown > 0) terminal.write('\r\x1b[K');
    },
  };
}

/** '1,200,000 events, 800,000 events/s, 40 %, 3 s left' */
export function progressText(events: number, bytes: number, totalBytes: number, seconds: number): string {
  const rate = seconds > 0 ? Math.round(events / seconds) : 0;
  const parts = [`${events.toLocaleString('en')} events`, `${rate.toLocaleString('en')} events/s`];
  if (bytes > 0 && totalBytes > 0) {
    const share = Math.min(1, bytes / totalBytes);
    parts.push(`${Math.floor(100 * share)} %`, `${Math.ceil((seconds * (1 - share)) / share)} s left`);
  }
  return parts.join(', ');
}
