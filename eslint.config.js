import js from '@eslint/js';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** A room and what it may not import: cli → runtime → sources, operators, sinks. */
const rooms = {
  operators: ['sources', 'sinks', 'runtime', 'cli', 'schemas'],
  sources: ['sinks', 'runtime', 'cli', 'schemas'],
  sinks: ['sources', 'runtime', 'cli'],
  // What sources and sinks share of Kafka's protocol.
  kafka: ['sources', 'sinks', 'runtime', 'cli', 'schemas'],
  runtime: ['cli', 'dashboards'],
  dashboards: ['sources', 'sinks', 'runtime', 'cli'],
};

export default defineConfig(
  { ignores: ['dist', 'out', 'coverage', 'node_modules'] },
  js.configs.recommended,
  tseslint.configs.strictTypeChecked,
  { languageOptions: { parserOptions: { projectService: true } } },
  { files: ['**/*.js'], languageOptions: { globals: { URL: 'readonly', process: 'readonly' } } },
  {
    rules: {
      // `column[i]!` inside a loop whose bound is the column's length: the alternative is a check per element.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      eqeqeq: 'error',
    },
  },
  ...Object.entries(rooms).map(([room, forbidden]) => ({
    files: [`${room}/**/*.ts`],
    rules: {
      'no-restricted-imports': /** @type {['error', object]} */ ([
        'error',
        {
          patterns: [
            { group: forbidden.map((other) => `**/${other}/**`), message: `${room}/ may not import this room` },
          ],
        },
      ]),
    },
  })),
  {
    // Law 6: clock, chance and environment belong to the edge.
    files: ['operators/**/*.ts', 'runtime/**/*.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'law 6: only at the edge' },
        { object: 'Math', property: 'random', message: 'law 6: randomness is a hash of (seed, event)' },
        { object: 'process', property: 'env', message: 'law 6: only at the edge' },
      ],
    },
  },
);
