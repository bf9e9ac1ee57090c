import { escapeCsv, unescapeCsv } from '../../escape/csv.ts';
import { escapeHtml, unescapeHtml } from '../../escape/html.ts';
import { escapeEcmaScript, escapeJava, escapeUnicode, unescapeJava, unescapeUnicode } from '../../escape/java.ts';
import { escapeXml, unescapeXml } from '../../escape/xml.ts';
import type { StringMethods } from '../text-methods.ts';

/** Texts made safe for other languages, and back. */
export const stringEscape: StringMethods = {
  escapecsv: (_run, self) => escapeCsv(self),
  escapeecmascript: (_run, self) => escapeEcmaScript(self),
  escapehtml3: (_run, self) => escapeHtml(self, 3),
  escapehtml4: (_run, self) => escapeHtml(self, 4),
  escapejava: (_run, self) => escapeJava(self),
  escapeunicode: (_run, self) => escapeUnicode(self),
  escapexml: (_run, self) => escapeXml(self),
  unescapecsv: (_run, self) => unescapeCsv(self),
  unescapeecmascript: (_run, self) => unescapeJava(self),
  unescapehtml3: (_run, self) => unescapeHtml(self, 3),
  unescapehtml4: (_run, self) => unescapeHtml(self, 4),
  unescapejava: (_run, self) => unescapeJava(self),
  unescapeunicode: (_run, self) => unescapeUnicode(self),
  unescapexml: (_run, self) => unescapeXml(self),
};
