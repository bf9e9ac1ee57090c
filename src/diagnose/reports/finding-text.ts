import type { Finding, Remedy } from '../finding.ts';
import { oneLine, plainText, shortened } from './plain-text.ts';

/** Characters of one text that a report for people shows; the support bundle keeps more. */
const mostCharacters = 1000;
const mostLines = 20;

/** A text as a line that people read. */
export function shownText(text: string): string {
  return shortened(oneLine(text), mostCharacters);
}

/** The same with a full stop, unless it has an end already. */
export function sentence(text: string): string {
  const shown = shownText(text);
  return /[.!?]$/.test(shown) ? shown : `${shown}.`;
}

/** What was seen, cut to what people read. */
export function evidenceLines({ evidence }: Finding): string[] {
  const shown = evidence.slice(0, mostLines).map((text) => shortened(plainText(text), mostCharacters));
  const left = evidence.length - shown.length;
  return left === 0 ? shown : [...shown, `… and ${left} more`];
}

/** Evidence, remedies and the page about the check as plain lines, without markup of any kind. */
export function detailLines(finding: Finding): string[] {
  return [
    ...evidenceLines(finding).map((text) => `Seen: ${text}`),
    ...finding.remedy.map((remedy) => `What to do: ${remedyText(remedy)}`),
    `About this check: ${oneLine(finding.docsUrl)}`,
  ];
}

function remedyText({ text, command, url }: Remedy): string {
  const run = command === undefined ? [] : [`Run: ${shownText(command)}`];
  const see = url === undefined ? [] : [`See: ${shownText(url)}`];
  return [sentence(text), ...run, ...see].join(' ');
}

/** An absolute http(s) address as browsers write it; undefined for anything else. */
export function webAddress(url: string): string | undefined {
  const parsed = URL.parse(url);
  return parsed?.protocol === 'https:' || parsed?.protocol === 'http:' ? parsed.href : undefined;
}
