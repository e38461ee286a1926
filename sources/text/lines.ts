/** A place among the lines of a slab: the line from ≤ byte < to, and where the next one begins. */
export interface Lines {
  readonly bytes: Buffer;
  from: number;
  to: number;
  next: number;
}

export const linesOf = (bytes: Buffer): Lines => ({ bytes, from: 0, to: 0, next: 0 });

/** Moves to the next line that is not empty; false at the end. */
export function nextLine(lines: Lines): boolean {
  for (;;) {
    const end = lines.bytes.indexOf(10, lines.next);
    if (end === -1) return false;
    lines.from = lines.next;
    lines.next = end + 1;
    lines.to = end > lines.from && lines.bytes[end - 1] === 13 ? end - 1 : end;
    if (lines.to > lines.from) return true;
  }
}
