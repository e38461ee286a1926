import { defineConfig } from 'vitest/config';
export default defineConfig({ test: { root: '/work/main', include: ['test/**/*.test.ts'], testTimeout: 600000, setupFiles: ['./vt.tmp.setup.ts'] } });
