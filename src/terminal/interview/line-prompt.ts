import { createPrompt, isBackspaceKey, isEnterKey, isTabKey, useEffect, useKeypress, useState } from '@inquirer/core';

import type { Colour } from '../colour-level.ts';
import type { Frame } from './frame.ts';
import { isBackKey, type PromptEnd } from './prompt-end.ts';

interface LineConfig {
  frame: Frame;
  colour: Colour;
  secret: boolean;
  optional: boolean;
  /** What stands in the line already: what was typed before. */
  typed: string;
  /** What Enter alone answers; '' for nothing. */
  offered: string;
  /** How the offer is shown; nothing of a secret. */
  offeredText: string;
  /** What is wrong with what was typed before. */
  problem: string | undefined;
  /** Called the moment the question ends, before another key is read. */
  onEnd(): void;
}

/** A question that is answered with a line of text. */
export const linePrompt = createPrompt<PromptEnd<string>, LineConfig>((config, done) => {
  const { frame, colour } = config;
  const [typed, setTyped] = useState('');
  const [offered, setOffered] = useState(config.offered);
  const [problem, setProblem] = useState(config.problem);
  const end = (how: PromptEnd<string>) => {
    config.onEnd();
    done(how);
  };

  useEffect((rl) => {
    rl.write(config.typed);
    setTyped(config.typed);
  }, []);

  useKeypress((key, rl) => {
    if (isBackKey(key)) {
      end({ back: true, draft: config.secret ? undefined : typed });
    } else if (isEnterKey(key)) {
      const value = typed.trim() || offered;
      if (value !== '' || config.optional) return end({ back: false, value });
      // Enter has emptied readline's line.
      rl.write(typed);
      setProblem('Something has to be typed here.');
    } else if (isTabKey(key)) {
      // The tab character is in the line by now.
      const rest = rl.line.replaceAll('\t', '');
      const line = rest === '' && !config.secret ? offered : rest;
      rl.clearLine(0);
      rl.write(line);
      setTyped(line);
      if (rest === '' && !config.secret) setOffered('');
    } else {
      if (isBackspaceKey(key) && typed === '' && config.optional) setOffered('');
      setTyped(rl.line);
      setProblem(undefined);
    }
  });

  const line = config.secret ? '*'.repeat(typed.length) : typed;
  const hints: string[] = [];
  if (config.secret) hints.push('What you type is not shown.');
  if (typed === '' && offered !== '') hints.push(`Enter alone takes ${config.offeredText}`);
  else if (typed === '' && config.optional) hints.push('Enter alone leaves it empty.');
  const keys = offered === '' || typed !== '' || config.secret ? ['Enter: next'] : ['Enter: next', 'Tab: edit'];
  return [`${frame.above()}\n${colour.cyan('>')} ${line}`, frame.below(hints, problem, keys)];
});
