import { OpencxError } from '../../errors/opencx-error.ts';
import { editDistance } from '../nearest.ts';
import { symptoms, type Symptom } from './symptoms.ts';

/** Words that say nothing about what is wrong. */
const empty: ReadonlySet<string> = new Set(
  'a an and are as at be but by do does don for from get gets has have i in into is it its my of on or our s show shows t that the their they this to we when why will with won you your'.split(
    ' ',
  ),
);

/** What a heading says counts more than other words for it. */
const titleWeight = 2;
/** Below this, nothing was understood. */
const leastScore = 2;

interface Scored {
  symptom: Symptom;
  score: number;
}

/**
 * The symptom that somebody's words mean: its id, its heading, or words of both, small mistakes forgiven.
 * @throws OpencxError USAGE listing the headings, nearest first, where none or several fit
 */
export function matchSymptom(words: string): Symptom {
  const exact = symptoms.find(
    ({ id, title }) => id === words.trim() || title.toLowerCase() === words.trim().toLowerCase(),
  );
  if (exact !== undefined) return exact;
  const scored = symptoms
    .map((symptom) => ({ symptom, score: scoreOf(symptom, wordsOf(words)) }))
    .sort((one, other) => other.score - one.score);
  const [best, second] = scored;
  if (best === undefined || best.score < leastScore || best.score === second?.score) throw unclear(words, scored);
  return best.symptom;
}

function scoreOf({ title, words }: Symptom, given: readonly string[]): number {
  const [inTitle, others] = [wordsOf(title), wordsOf(words)];
  return given.reduce((sum, word) => {
    if (isAmong(word, inTitle)) return sum + titleWeight;
    return isAmong(word, others) ? sum + 1 : sum;
  }, 0);
}

function isAmong(word: string, all: readonly string[]): boolean {
  if (all.includes(word)) return true;
  const slips = word.length < 4 ? 0 : word.length < 8 ? 1 : 2;
  return all.some((one) => one.length >= 4 && editDistance(word, one) <= slips);
}

/** In lower case, without marks and without plural, so that `replies` is a `reply`. */
function wordsOf(text: string): string[] {
  const all = text
    .toLowerCase()
    .replaceAll(/[^a-z0-9_]+/g, ' ')
    .split(' ');
  return [...new Set(all.filter((word) => word !== '' && !empty.has(word)).map(singular))];
}

function singular(word: string): string {
  if (word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  return word.length > 3 && word.endsWith('s') && !word.endsWith('ss') ? word.slice(0, -1) : word;
}

function unclear(words: string, scored: readonly Scored[]): OpencxError {
  const likely = scored.filter(({ score }) => score > 0).slice(0, 3);
  return new OpencxError('USAGE', {
    message: `"${words}" fits ${likely.length === 0 ? 'no symptom' : 'several symptoms'} of the troubleshooting page.`,
    nextSteps: [
      ...likely.map(({ symptom }) => `Did you mean "${symptom.title}"? --symptom ${symptom.id}`),
      `Symptoms: ${symptoms.map(({ id }) => id).join(', ')}.`,
    ],
  });
}
