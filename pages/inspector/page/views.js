// What can be looked at.

import { allView, deadView } from '../event/events-view.js';
import { refusedView } from '../event/refused-view.js';
import { fixturesView } from '../fixtures/fixtures-view.js';
import { linksView } from '../links/links-view.js';
import { sessionsView } from '../session/sessions-view.js';

/** @import { View, ViewName } from '../types.d.ts' */

/** Each reads its own kind of things, which nobody else looks into. @type {Readonly<Record<ViewName, View<any, any>>>} */
export const views = {
  all: allView,
  sessions: sessionsView,
  dead: deadView,
  refused: refusedView,
  fixtures: fixturesView,
  links: linksView,
};
