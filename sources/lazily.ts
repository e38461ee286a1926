import type { Source } from './source.js';

/** A source whose code, dear to load, is loaded when a sample of it is first described or read. */
export const lazily = (
  facts: Pick<Source, 'format' | 'extensions' | 'ranges'>,
  load: () => Promise<Source>,
): Source => ({
  ...facts,
  async describe(path, options) {
    return (await load()).describe(path, options);
  },
  async *read(path, columns, options) {
    yield* (await load()).read(path, columns, options);
  },
});
