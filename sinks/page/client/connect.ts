import type { PageAlert, PageDescription, PageStatus, ServedReference, StoredWindow } from '../../../schemas/page.js';
import type { Span } from './address.js';
import { load, missed } from './load.js';
import { ask, PAGE, windowsFrom } from './server.js';
import {
  lastIndex,
  withAlerts,
  withLink,
  withOlder,
  withReference,
  withStatus,
  withVisited,
  withWindows,
  type State,
} from './store.js';
import { isMissing, windowsOf } from './windows_of_span.js';

/** Pages of older windows that the strip begins with. */
const MOST_OLDER = 3;
const RETRY_MS = [250, 500, 1000, 2000, 4000];

/**
 * Keeps a state as the server's: loads it, hears the stream, and after a loss asks for what was missed. Windows that do
 * not go on from ours (the stream was begun anew) take the place of ours. `changed` gets every new state.
 */
export function connect(changed: (state: State) => void): { visit: (spans: readonly Span[]) => void } {
  let state: State | null = null;
  let failures = 0;
  /** Counts what was asked: an answer that another one has overtaken is left out. */
  let references = 0;
  const put = (next: State): void => {
    state = next;
    changed(next);
  };

  const resume = async (): Promise<State> => {
    if (!state) return load();
    const description = await ask<PageDescription>('/api/description');
    if (description.version !== state.description.version) return withLink(state, 'old');
    const same = description.pipelineHash === state.description.pipelineHash;
    const windows = same ? await missed(state) : null;
    return windows ? withWindows(withLink({ ...state, description }, 'open'), windows) : load();
  };

  const retry = (): void => {
    if (state) put(withLink(state, 'lost'));
    setTimeout(() => void open(), RETRY_MS[Math.min(failures, RETRY_MS.length - 1)]);
    failures += 1;
  };

  async function open(): Promise<void> {
    try {
      put(await resume());
    } catch {
      retry();
      return;
    }
    if (state?.link === 'old') return;
    listen(lastIndex(state!) + 1);
    if (failures === 0) void older();
    failures = 0;
  }

  function listen(from: number): void {
    const stream = new EventSource(`/api/stream?from=${from}`);
    const on = (name: string, apply: (state: State, data: unknown) => State): void => {
      stream.addEventListener(name, (event: MessageEvent<string>) => {
        if (state) put(apply(state, JSON.parse(event.data)));
      });
    };
    on('window', (before, window) => withWindows(before, [window as StoredWindow]));
    on('status', (before, status) => withStatus(before, status as PageStatus));
    on('alerts', (before, alerts) => withAlerts(before, alerts as PageAlert[]));
    // Once it is open no change is missed.
    for (const name of ['open', 'reference']) stream.addEventListener(name, refer);
    stream.onerror = () => {
      // The browser would try again by itself, without asking whether the stream is still ours.
      stream.close();
      retry();
    };
  }

  /** Asks for the reference: after the first view, since it is as long again. */
  function refer(): void {
    const asked = (references += 1);
    ask<ServedReference>('/api/reference').then(
      (reference) => {
        if (state && asked === references) put(withReference(state, reference));
      },
      () => undefined,
    );
  }

  /** Windows before those of the first view. */
  async function older(): Promise<void> {
    try {
      for (let page = 0; page < MOST_OLDER && state; page++) {
        const first = state.windows[0]?.report.index ?? 0;
        if (first === 0) return;
        const from = Math.max(0, first - PAGE);
        const before = await windowsFrom(from, first - from);
        // What has come meanwhile is in the state as it is now.
        put(withOlder(state, before));
      }
    } catch {
      // The stream notices that the server is gone.
    }
  }

  let visiting = '';
  /** Asks for windows of spans that are not held with their details: once for the same spans. */
  const visit = (named: readonly Span[]): void => {
    const before = state;
    if (!before) return;
    const spans = named.filter((span) => isMissing(before, span));
    const key = JSON.stringify(spans);
    if (spans.length === 0 || key === visiting) return;
    visiting = key;
    Promise.all(spans.map((span) => windowsOf(before, span))).then(
      (found) => {
        if (state && visiting === key) put(withVisited(state, found.flat()));
      },
      () => {
        visiting = '';
      },
    );
  };

  void open();
  return { visit };
}
