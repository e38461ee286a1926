const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text made safe for XML and HTML, in elements and attributes; control characters that XML forbids are left out. */
export const escapeText = (text: string): string =>
  // eslint-disable-next-line no-control-regex
  text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '').replace(/[&<>"']/g, (c) => entities[c]!);

/** H_T, p_T, m_Z, m_T2, m_ll: one letter, with a capital or a letter twice for its index. */
export const subscript = /(?<![\w.])([A-Za-z])_(\p{Lu}\d?|(\p{Ll})\3)(?![\w\p{L}])/gu;

/**
 * Text for the inside of an HTML element: escaped, the indices of symbols lowered, and no line broken at a ± or before
 * a %. Not for paths and names.
 */
export const typeset = (text: string): string =>
  escapeText(text)
    .replace(subscript, '$1<sub>$2</sub>')
    .replace(/ (?=[±%])/g, '\u00a0')
    .replace(/± /g, '±\u00a0');
