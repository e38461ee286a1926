/** What can stand in an element: text and nodes; null, undefined and false are left out. */
export type Child = Node | string | number | null | undefined | false | readonly Child[];

export type Attributes = Readonly<Record<string, string | number | boolean | null | undefined>>;

function put(parent: Element, child: Child): void {
  if (child === null || child === undefined || child === false) return;
  if (typeof child === 'string' || typeof child === 'number') parent.append(String(child));
  else if (child instanceof Node) parent.append(child);
  else for (const each of child) put(parent, each);
}

function dress<E extends Element>(element: E, attributes: Attributes, children: readonly Child[]): E {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    element.setAttribute(name, value === true ? '' : String(value));
  }
  put(element, children);
  return element;
}

/** An HTML element; `true` sets an attribute without a value. */
export const h = <K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] => dress(document.createElement(tag), attributes, children);

export const svg = <K extends keyof SVGElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): SVGElementTagNameMap[K] => dress(document.createElementNS('http://www.w3.org/2000/svg', tag), attributes, children);

/** H_T, p_T, m_ll: one letter, with a capital or a letter twice for its index, is set lower. */
const subscript = /(?<![\w.])([A-Za-z])_(\p{Lu}\d?|(\p{Ll})\3)(?![\w\p{L}])/gu;

export function typeset(text: string): Child[] {
  const parts: Child[] = [];
  let from = 0;
  for (const found of text.matchAll(subscript)) {
    parts.push(text.slice(from, found.index) + (found[1] ?? ''), h('sub', {}, found[2]));
    from = found.index + found[0].length;
  }
  parts.push(text.slice(from));
  return parts;
}
