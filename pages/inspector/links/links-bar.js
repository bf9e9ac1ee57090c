// In a line above all: how what serve depends on is doing.

import { byId, el, oneLine, rebuild } from '../../base/dom.js';
import { clockTime } from '../../base/time.js';
import { addressOf } from '../page/address.js';
import { linkName } from './link-name.js';

/** @import { Link, Status } from '../types.d.ts' */

/** @param {Status} status */
export function showLinks({ counts = {}, links, version }) {
  byId('version', HTMLElement).textContent = version;
  const dead = byId('dead-count', HTMLElement);
  dead.textContent = String(counts['dead'] ?? 0);
  dead.hidden = (counts['dead'] ?? 0) === 0;
  const waiting = (counts['pending'] ?? 0) + (counts['delivering'] ?? 0);
  rebuild(byId('links', HTMLElement), [waiting, links], () => [
    ...(waiting === 0 ? [] : [el('li', { class: 'under' }, `${waiting} on the way`)]),
    ...links.map(linkItem),
  ]);
}

/** @param {Link} link */
function linkItem(link) {
  const { isTried, failing, name } = link;
  const kind = failing === undefined ? (isTried ? 'good' : 'untried') : 'bad';
  const text = failing === undefined ? '' : ` fails since ${clockTime(new Date(failing.since))}`;
  const said = failing?.reason ?? (isTried ? 'It answers' : 'Nothing was carried there yet');
  return el(
    'li',
    { class: `link ${kind}` },
    el(
      'a',
      { href: addressOf('links', name), title: oneLine(said), 'data-key': name },
      el('bdi', {}, oneLine(linkName(link))),
      text,
    ),
  );
}
