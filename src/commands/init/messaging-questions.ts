import type { OrgChoices } from '../../provision/setup/facts/read-choices.ts';
import type { Question } from '../../terminal/interview/question.ts';
import type { Answers } from './answers.ts';

const byMessaging = ({ channels }: Partial<Answers>): boolean => channels?.includes('messaging') === true;

/** What Live Messaging needs to know; keys are made without a question where there are none. */
export function messagingQuestions({ deployments }: OrgChoices): Question<Answers>[] {
  const fit = deployments.find(({ type }) => type.toUpperCase() === 'API');
  return [
    {
      id: 'deployment',
      when: byMessaging,
      kind: 'choice',
      message: 'Which Embedded Service Deployment does OpenCX connect to?',
      explain: 'Its API Name is the ES Developer Name in OpenCX; it has to be a Custom Client.',
      choices: () => [
        ...deployments.map(({ name, type }) => ({
          value: name,
          name,
          ...(type.toUpperCase() === 'API' ? {} : { disabled: `is of type ${type}, and OpenCX needs a Custom Client` }),
        })),
        { value: 'new', name: 'a new one, with channel, flow and queue' },
      ],
      default: () => fit?.name ?? 'new',
    },
    {
      id: 'issuer',
      when: byMessaging,
      kind: 'text',
      optional: true,
      message: 'What does OpenCX put into "iss" of its tokens? (Enter alone: not known yet)',
      explain: 'The keyset must name it, and the OpenCX page does not say it: ask OpenCX. Without it the rest waits.',
    },
  ];
}
