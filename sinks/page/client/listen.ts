import { actionsOf, numbersNow, spanOf } from './actions.js';
import { readAddress } from './address.js';
import type { Page } from './page.js';
import { acknowledge } from './server.js';

/** Hears what the reader does: one listener an event for the whole page, so that what is patched needs none. */
export function listen(page: Page): void {
  const actions = actionsOf(page);

  document.addEventListener('click', (event) => {
    const { target } = event;
    const found = target instanceof Element ? target.closest<HTMLElement>('button[data-do], a[data-do]') : null;
    const act = found && actions[found.dataset['do'] ?? ''];
    // A link may be opened elsewhere.
    if (!act || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    act(found.dataset['value'] ?? '');
  });

  document.addEventListener('change', ({ target }) => {
    if (!(target instanceof HTMLInputElement) || !Number.isFinite(target.valueAsNumber)) return;
    const [first, to] = numbersNow(page);
    const number = target.valueAsNumber;
    const { address } = page;
    if (target.dataset['do'] === 'first') page.go({ ...address, range: spanOf(number, Math.max(to, number)) });
    if (target.dataset['do'] === 'to') page.go({ ...address, range: spanOf(Math.min(first, number), number) });
  });

  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || form.dataset['do'] !== 'acknowledge') return;
    event.preventDefault();
    void acknowledgeBy(page, form);
  });

  // `toggle` does not rise: it is caught on its way down.
  document.addEventListener(
    'toggle',
    ({ target }) => {
      toggled(page, target);
    },
    true,
  );

  page.parts.strip.addEventListener('pointerdown', () => {
    page.dragging = true;
  });
  for (const over of ['pointerup', 'pointercancel']) {
    addEventListener(over, () => {
      if (!page.dragging) return;
      page.dragging = false;
      page.queue();
    });
  }
  for (const moved of ['popstate', 'hashchange']) {
    addEventListener(moved, () => {
      page.address = readAddress(location.hash);
      page.queue();
    });
  }
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', page.queue);
  new ResizeObserver(page.queue).observe(page.parts.panel);
  // For how long it has been so goes on.
  setInterval(page.queue, 1000);
}

async function acknowledgeBy({ problems, queue }: Page, form: HTMLFormElement): Promise<void> {
  const id = form.dataset['id'] ?? '';
  const item = form.closest('li');
  const problem = await acknowledge(id, form.querySelector('input')?.value ?? '');
  if (problem === undefined) problems.delete(id);
  else problems.set(id, problem);
  // The form goes away with the focus in it: the alert itself takes it.
  if (problem === undefined) item?.focus();
  queue();
}

function toggled({ openTables, queue }: Page, details: EventTarget | null): void {
  const id = details instanceof HTMLDetailsElement ? details.dataset['table'] : undefined;
  if (id === undefined) return;
  if ((details as HTMLDetailsElement).open) openTables.add(id);
  else openTables.delete(id);
  queue();
}
