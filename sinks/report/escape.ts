const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text made safe for XML and HTML, in elements and attributes; control characters that XML forbids are left out. */
export const escapeText = (text: string): string =>
  // eslint-disable-next-line no-control-regex
  text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '').replace(/[&<>"']/g, (c) => entities[c]!);

/** H_T, p_T, m_Z: a single letter with a capital for its index. */
export const subscript = /(?<![\w.])([A-Za-z])_([A-Z])(?!\w)/g;
