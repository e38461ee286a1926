/** A write that waits for its records. */
export interface Ticket {
  /** Records that are not acknowledged yet. */
  left: number;
  readonly promise: Promise<void>;
  readonly done: () => void;
  readonly failed: (error: Error) => void;
}

export function newTicket(records: number): Ticket {
  let settle: Pick<Ticket, 'done' | 'failed'> | undefined;
  const promise = new Promise<void>((done, failed) => {
    settle = { done, failed };
  });
  return { left: records, promise, ...settle! };
}
