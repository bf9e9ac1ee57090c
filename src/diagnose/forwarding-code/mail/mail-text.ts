import { htmlParts } from './html-text.ts';
import { withoutQuotedPrintable } from './quoted-printable.ts';

/** A row of EmailMessage, as far as it is read here. */
export interface MailRow {
  Id: string;
  ParentId: string | null;
  FromAddress: string | null;
  ToAddress: string | null;
  Subject: string | null;
  TextBody: string | null;
  HtmlBody: string | null;
  CreatedDate: string;
}

/** What a mail says. */
export interface MailText {
  subject: string;
  /** The plain body and the text of the HTML one, those there are. */
  bodies: readonly string[];
  /** Where links of the HTML body lead; unlike those of a plain one they are never broken over two lines. */
  hrefs: readonly string[];
}

/** Characters of a body that are read; Salesforce keeps 131,072. */
const longestBody = 200_000;

/** Longest link that is put together of several lines. */
const longestLink = 2000;

/** What stands in a row, in plain. `TextBody` is empty where a mail has HTML alone. */
export function mailText({
  Subject,
  TextBody,
  HtmlBody,
}: Pick<MailRow, 'Subject' | 'TextBody' | 'HtmlBody'>): MailText {
  const plain = withoutQuotedPrintable((TextBody ?? '').slice(0, longestBody));
  const html = htmlParts(withoutQuotedPrintable((HtmlBody ?? '').slice(0, longestBody)));
  return {
    subject: (Subject ?? '').slice(0, 3000),
    bodies: [joinedLinks(plain), html.text].filter((body) => body.trim() !== ''),
    hrefs: html.hrefs,
  };
}

/** Puts links together that a mail system broke at the margin: the rest stands alone on the next line. */
function joinedLinks(text: string): string {
  const lines: string[] = [];
  for (const line of text.split(/\r?\n/)) {
    const before = lines.at(-1);
    if (before !== undefined && endsInLink(before) && goesOn(line)) lines[lines.length - 1] = before + line.trim();
    else lines.push(line);
  }
  return lines.join('\n');
}

function endsInLink(line: string): boolean {
  if (line.length < 60 || line.length > longestLink) return false;
  return line.slice(line.lastIndexOf(' ') + 1).startsWith('https://');
}

/** A word of the next sentence has no digits in it, or a comma behind it. */
function goesOn(line: string): boolean {
  return /^[\w%&=?.~+-]{4,1000}[ \t]{0,9}$/.test(line) && /[\d%_=]/.test(line);
}
