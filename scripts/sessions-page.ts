// The page of docs/ about sessions: its table is that of the machine which runs.
import { sessionStates } from '../src/handoff/session/session.ts';
import { toldOfPassage, transitions, type Row, type Transition } from '../src/handoff/session/transitions.ts';

const before = ['none', ...sessionStates] as const;

export function sessionsPage(generatedNote: string): string {
  const rows = Object.entries(transitions).map(([happening, transition]: [string, Transition]) => {
    const to: Row = transition.to;
    const cells = before.map((state) => (to[state] === undefined ? '' : `\`${to[state]}\``));
    return `| \`${happening}\` | ${cells.join(' | ')} | ${transition.told === undefined ? '' : `\`${transition.told}\``} |`;
  });
  const passages = before.flatMap((from) =>
    sessionStates.flatMap((to) => {
      const told = toldOfPassage(from === 'none' ? undefined : from, to);
      const isWay = Object.values(transitions).some(({ to: row }: Transition) => row[from] === to);
      const isGoingOn = from === 'resolved' && to === 'handedOff';
      return told.length > 0 && (isWay || isGoingOn)
        ? [`| \`${from}\` | \`${to}\` | ${told.map((name) => `\`${name}\``).join(', ')} |`]
        : [];
    }),
  );
  return [
    '# Sessions',
    generatedNote,
    '',
    'A session is one conversation of OpenCX as it stands in Salesforce: an email session is held by a Case, all others by a',
    'conversation of Live Messaging. What happens to it comes from three sides: OpenCX by the API, webhooks from Apex, and the',
    'entries of conversations. Each is written down in one commit with what it changes and what is told of it.',
    '',
    '- `handing-off`: Salesforce does not have it yet.',
    '- `open`: a Case or conversation holds it, and the AI may answer.',
    '- `handedOff`: a representative is at it, and the AI is paused.',
    '- `resolved`: the Case is closed, or the messaging session has ended.',
    '- `failed`: Salesforce did not take it, and a person has to look; a replay that arrives opens it.',
    '',
    '## What happens, and where it leads',
    '',
    'An empty cell: the state stays. `none` is a session that is not there; what has nothing in its column is then left out.',
    '',
    `| happening | ${before.join(' | ')} | told |`,
    `|---|${before.map(() => '---|').join('')}---|`,
    ...rows,
    '',
    'Beside that, a passage from one state to another is told:',
    '',
    '| from | to | told |',
    '|---|---|---|',
    ...passages,
    '',
    '## What keeps it right',
    '',
    '- **Orders that differ.** A webhook or an entry may be here before the answer to the request that caused it. The rows are such',
    '  that both orders come to the same end: a handoff that arrives sends no representative away, and opens nothing that is over.',
    '- **Once.** What is told has an id that follows from its cause, so a cause that comes again tells nothing again. A replay has the',
    '  cause of what it repeats, unless it was edited.',
    '- **Conversations.** An entry is worked in once, whichever process reads it and however often. One that comes late changes nothing',
    '  of a messaging session that has begun since. What happens in another messaging session, or a handoff that arrives at another',
    '  Case, reopens a session that was resolved.',
    '- **Cases.** A Case without the mark of handoffs (`Case_From__c`) begins a session by the first webhook. One with the mark belongs',
    '  to a handoff: should that not be known after three attempts, a session is begun all the same. The end of an unknown Case begins',
    '  none. Of several sessions of a Case all that are not resolved change their state; messages are told of the one changed last.',
    "- **Own mail.** A mail that `serve` wrote to the Case is known again by its `Message-ID`, and not told as the contact's.",
    '',
  ].join('\n');
}
