import { readAddress } from './address.js';
import { connect } from './connect.js';
import { listen } from './listen.js';
import { newsOf } from './news.js';
import { createPage } from './page.js';
import { createSkeleton } from './skeleton.js';

const page = createPage(createSkeleton(), readAddress(location.hash));
listen(page);

page.visit = connect((next) => {
  const news = page.state ? newsOf(page.state, next) : [];
  for (const part of ['polite', 'urgent'] as const) {
    const words = news.filter(({ urgent }) => urgent === (part === 'urgent')).map(({ text }) => text);
    if (words.length > 0) page.parts[part].textContent = words.join(' ');
  }
  page.state = next;
  page.queue();
}).visit;

// For whoever looks at the page from the browser's console, and for tests.
Object.assign(globalThis, {
  regimewatch: {
    windows: () => page.state?.windows.map(({ report }) => report.index) ?? [],
    chain: () => page.state?.windows.at(-1)?.report.chain ?? '',
  },
});
