import {
  createPrompt,
  isDownKey,
  isEnterKey,
  isSpaceKey,
  isTabKey,
  isUpKey,
  useKeypress,
  usePagination,
  useState,
} from '@inquirer/core';

import type { Colour } from '../colour-level.ts';
import { wrap } from '../wrap.ts';
import { filtered, isLong, startAt } from './choice-list.ts';
import { painted, type Frame } from './frame.ts';
import { isBackKey, type PromptEnd } from './prompt-end.ts';
import type { Choice } from './question.ts';

interface ListConfig {
  frame: Frame;
  colour: Colour;
  /** Texts are fit for the screen already. */
  choices: readonly Choice[];
  several: boolean;
  optional: boolean;
  /** What is chosen already, or, of a single choice, under the cursor. */
  chosen: readonly unknown[];
  /** Keys that put the cursor on a choice. */
  shortcuts: Readonly<Record<string, unknown>>;
  /** What is wrong with what was chosen before. */
  problem: string | undefined;
  /** Called the moment the question ends, before another key is read. */
  onEnd(): void;
}

/** A question that is answered by choosing from a list: one, or several. */
export const listPrompt = createPrompt<PromptEnd<unknown>, ListConfig>((config, done) => {
  const { frame, colour, choices, several } = config;
  const long = isLong(choices);
  const [filter, setFilter] = useState('');
  const [active, setActive] = useState(startAt(choices, config.chosen[0]));
  const [chosen, setChosen] = useState<readonly unknown[]>(several ? config.chosen : []);
  const [problem, setProblem] = useState(config.problem);
  const visible = filtered(choices, filter);
  const current = visible[active];

  const end = (how: PromptEnd<unknown>) => {
    config.onEnd();
    done(how);
  };
  const refine = (text: string) => {
    if (text === filter) return;
    setFilter(text);
    // What is typed leads to the first match; a filter that is taken away leaves the cursor where it is.
    setActive(startAt(filtered(choices, text), text === '' ? current?.value : undefined));
  };
  const finish = () => {
    if (several) {
      const value = choices.map((choice) => choice.value).filter((one) => chosen.includes(one));
      if (value.length === 0 && !config.optional) setProblem('Choose at least one.');
      else end({ back: false, value });
    } else if (current === undefined) setProblem('There is nothing to take here.');
    else if (current.disabled !== undefined) setProblem(`${current.name} cannot be taken: ${current.disabled}.`);
    else end({ back: false, value: current.value });
  };
  const tick = () => {
    if (current === undefined) return;
    const { value, name, disabled } = current;
    if (disabled !== undefined) setProblem(`${name} cannot be taken: ${disabled}.`);
    else setChosen(chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value]);
  };

  const room = roomFor(config);
  const steps: Record<string, number> = { pageup: -room, pagedown: room };
  useKeypress((key, rl) => {
    setProblem(undefined);
    const step = isUpKey(key) ? -1 : isDownKey(key) ? 1 : steps[key.name];
    if (isBackKey(key) && (filter === '' || key.name === 'tab')) {
      return end({ back: true, draft: several ? chosen : [current?.value] });
    }
    if (isEnterKey(key)) {
      finish();
    } else if (step !== undefined) {
      setActive(Math.max(0, Math.min(visible.length - 1, active + step)));
    } else if (isSpaceKey(key) && several) {
      tick();
    } else if (key.name === 'escape') {
      refine('');
    } else if (long && !isTabKey(key)) {
      return refine(rl.line);
    } else {
      const wanted = choices.findIndex(
        ({ value }) => key.name in config.shortcuts && value === config.shortcuts[key.name],
      );
      if (wanted !== -1) setActive(wanted);
    }
    // These keys are not part of the filter, but readline has put them into its line, or Enter and up have taken it away.
    rl.clearLine(0);
    if (key.name !== 'escape') rl.write(filter);
  });

  const page = usePagination({
    items: visible,
    active,
    pageSize: room,
    loop: false,
    renderItem: ({ item, isActive }) => {
      const box = several ? `${chosen.includes(item.value) ? '[x]' : '[ ]'} ` : '';
      const why = item.disabled === undefined ? '' : ` (${item.disabled})`;
      const text = wrap(`${isActive ? '>' : ' '} ${box}${item.name}${why}`, frame.columns(), several ? '      ' : '  ');
      const paint = isActive ? colour.cyan : item.disabled === undefined ? (line: string) => line : colour.dim;
      return painted(text, paint);
    },
  });
  const hints = [
    ...(visible.length === 0 ? [choices.length === 0 ? 'There is nothing to choose from.' : 'Nothing matches.'] : []),
    ...(current?.description === undefined ? [] : [current.description]),
    ...(long
      ? [filter === '' ? `${choices.length} in all; type to filter.` : `${visible.length} of ${choices.length} match.`]
      : []),
    ...(several ? [`${chosen.length} chosen.`] : []),
  ];
  const keys = ['↑↓: move', ...(several ? ['Space: choose'] : []), 'Enter: next'];
  const content = long ? `${frame.above()}\n${colour.dim('Filter:')} ${filter}` : `${frame.above()} `;
  return [
    content,
    [page, frame.below(hints, problem, keys, filter === '' ? undefined : 'clear filter')]
      .filter((part) => part !== '')
      .join('\n'),
  ];
});

/** Rows for the list itself, the same wherever the cursor is: what does not fit on the screen could not be redrawn. */
function roomFor({ frame, choices }: ListConfig): number {
  const longest = Math.max(0, ...choices.map(({ description = '' }) => description.length));
  const description = Math.ceil(longest / (frame.columns() - 8));
  const keys = Math.ceil(70 / frame.columns());
  const rest = frame.above().split('\n').length + description + keys + 6;
  return Math.max(3, Math.min(12, frame.rows() - rest));
}
