const keyOf = (node: Node): string | null => (node instanceof Element ? node.getAttribute('data-key') : null);

const isAlike = (a: Node, b: Node): boolean =>
  a.nodeType === b.nodeType && a.nodeName === b.nodeName && keyOf(a) === keyOf(b);

function patchAttributes(held: Element, wanted: Element): void {
  for (const { name } of [...held.attributes]) {
    // Whether details are open and what a reader has typed is the reader's.
    if (!wanted.hasAttribute(name) && !(name === 'open' && held.nodeName === 'DETAILS')) held.removeAttribute(name);
  }
  for (const { name, value } of [...wanted.attributes]) {
    if (held.getAttribute(name) !== value) held.setAttribute(name, value);
  }
}

function patchNode(held: Node, wanted: Node): void {
  if (!(held instanceof Element) || !(wanted instanceof Element)) {
    if (held.nodeValue !== wanted.nodeValue) held.nodeValue = wanted.nodeValue;
    return;
  }
  const opaque = wanted.getAttribute('data-opaque');
  const same = opaque !== null && opaque === held.getAttribute('data-opaque');
  patchAttributes(held, wanted);
  if (same) return;
  if (opaque === null) patchChildren(held, wanted);
  else held.replaceChildren(...wanted.childNodes);
}

/**
 * Makes the children of `held` those of `wanted`, and touches nothing that is the same: focus, scroll, selection and
 * open details stay. Elements with `data-key` are found again where they moved; of an element with
 * `data-opaque` the inside is replaced when that has changed, and else left alone.
 */
export function patchChildren(held: Element, wanted: ParentNode): void {
  let at: ChildNode | null = held.firstChild;
  for (const next of [...wanted.childNodes]) {
    const key = keyOf(next);
    let found: ChildNode | null = at;
    if (key !== null) while (found && !isAlike(found, next)) found = found.nextSibling;
    if (found && isAlike(found, next)) {
      // Those between have gone, or come later and are put there.
      while (at !== found && at) {
        const gone: ChildNode = at;
        at = at.nextSibling;
        gone.remove();
      }
      patchNode(found, next);
      at = found.nextSibling;
    } else held.insertBefore(next, at);
  }
  while (at) {
    const gone: ChildNode = at;
    at = at.nextSibling;
    gone.remove();
  }
}
