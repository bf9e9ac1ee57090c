import { SECURITY_SETTINGS } from '../../external-client-apps/app-types.ts';
import type { ComponentRule } from '../rule-context.ts';
import { satelliteProblem, strangerProblem } from './app-rules.ts';

const known = new Set(['externalClientApplication', 'label']);

/** Security settings of an app. Neither IP ranges nor mutual TLS are here, so there is not much they can say. */
export const checkSecuritySettings: ComponentRule = (component, context) =>
  satelliteProblem(component, context, 'ExternalClientApplicationId') ??
  strangerProblem(SECURITY_SETTINGS, component.value, known);
