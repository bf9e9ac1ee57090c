/** What was wrong with the text of a PEM file. */
export interface PemRemark {
  id: string;
  /** Reads after the file's name, e.g. `has Windows line ends`. */
  text: string;
  /** Wrong even where OpenSSL reads it: other software need not be as patient. */
  grave?: true;
}

interface Repair extends PemRemark {
  find: RegExp;
  put: string | ((match: string, ...groups: string[]) => string);
}

/** What copying, mail programs, editors and CI variables do to PEM files, in the order in which it is undone. */
const repairs: readonly Repair[] = [
  { id: 'byte-order-mark', grave: true, text: 'begins with a byte order mark', find: /^\uFEFF/, put: '' },
  { id: 'windows-line-ends', text: 'has Windows line ends (CR LF)', find: /\r\n/g, put: '\n' },
  { id: 'old-mac-line-ends', text: 'has line ends of one CR', find: /\r/g, put: '\n' },
  {
    id: 'escaped-line-ends',
    grave: true,
    text: String.raw`has line ends written as \n`,
    find: /(?:\\r)?\\n/g,
    put: '\n',
  },
  {
    id: 'invisible-characters',
    grave: true,
    text: 'has invisible characters',
    find: /[\u200B-\u200F\u2060\uFEFF]/g,
    put: '',
  },
  {
    id: 'no-break-spaces',
    grave: true,
    text: 'has no-break spaces',
    find: /[\u00A0\u2000-\u200A\u202F\u3000]/g,
    put: ' ',
  },
  { id: 'quotes', grave: true, text: 'is in quotes', find: /^\s*["'`“”‘’]+|["'`“”‘’]+[,;]?\s*$/g, put: '' },
  {
    id: 'damaged-header-lines',
    text: 'has a first or last line that is not written with five hyphens on each side',
    find: /[-\u2010-\u2015\u2212]+[ \t]*(BEGIN|END)[ \t]+([A-Z0-9 ]*[A-Z0-9])[ \t]*[-\u2010-\u2015\u2212]+/gi,
    put: (_match, edge = '', label = '') => `-----${edge} ${label}-----`.toUpperCase(),
  },
  { id: 'pasted-spaces', text: 'has spaces around its lines', find: /^[ \t]+(?=\S)|(?<=\S)[ \t]+$/gm, put: '' },
];

/**
 * Undoes what copying does to PEM text.
 * @returns the text as it was meant, and what was wrong with it
 */
export function repairText(text: string): { text: string; remarks: PemRemark[] } {
  let repaired = text;
  const remarks: PemRemark[] = [];
  for (const { id, text: what, grave, find, put } of repairs) {
    const next = typeof put === 'string' ? repaired.replace(find, put) : repaired.replace(find, put);
    if (next !== repaired) remarks.push({ id, text: what, ...(grave === true ? { grave } : {}) });
    repaired = next;
  }
  return { text: repaired, remarks };
}
