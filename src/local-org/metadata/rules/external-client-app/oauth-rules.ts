import { consumerOf } from '../../../oauth/apps/consumers.ts';
import { listedScopes, scopeNames } from '../../../oauth/apps/scopes.ts';
import { certificateKey } from '../../../oauth/clients/client-certificate.ts';
import { textOf } from '../../elements/metadata-value.ts';
import type { MetadataValue } from '../../elements/metadata-value.ts';
import { appOf, GLOBAL_SETTINGS, OAUTH_SETTINGS } from '../../external-client-apps/app-types.ts';
import { oauthLinkOf } from '../../external-client-apps/complete-value.ts';
import { notImplementedProblem } from '../not-implemented.ts';
import type { ComponentRule, RuleContext } from '../rule-context.ts';
import { missing, satelliteProblem, strangerProblem } from './app-rules.ts';

const knownOauthSettings = new Set(['commaSeparatedOauthScopes', 'externalClientApplication', 'label', 'oauthLink']);

/** Scopes of an app. `oauthLink` is the platform's: a wrong one fails. */
export const checkOauthSettings: ComponentRule = (component, context) => {
  const { value } = component;
  const problem =
    satelliteProblem(component, context, 'ExternalClientApplicationId') ??
    strangerProblem(OAUTH_SETTINGS, value, knownOauthSettings);
  if (problem !== undefined) return problem;
  const link = textOf(value, 'oauthLink');
  if (link !== undefined && link !== oauthLinkOf(context.org, appOf(value))) {
    return {
      statusCode: 'INVALID_CROSS_REFERENCE_KEY',
      message: `In field: oauthLink - no OAuth consumer ${link} found`,
    };
  }
  const scopes = listedScopes(textOf(value, 'commaSeparatedOauthScopes') ?? '');
  if (scopes.length === 0) return missing('commaSeparatedOauthScopes');
  const wrong = scopes.filter((name) => !scopeNames.includes(name));
  if (wrong.length === 0) return undefined;
  return {
    message: `There's a problem with your scope(s): ${wrong.join(', ')}. Valid scopes are: ${scopeNames.join(', ')}`,
  };
};

const knownGlobalSettings = new Set([
  'callbackUrl',
  'certificate',
  'consumerKey',
  'consumerSecret',
  'externalClientApplication',
  'isClientCredentialsFlowEnabled',
  'isConsumerSecretOptional',
  'isIntrospectAllTokens',
  'isPkceRequired',
  'isSecretRequiredForRefreshToken',
  'isSecretRequiredForTokenExchange',
  'label',
]);

/** Callback, proofs and flows of an app. The app must have its other OAuth settings, here or in the same deployment. */
export const checkGlobalSettings: ComponentRule = (component, context) => {
  const { value } = component;
  const problem =
    satelliteProblem(component, context, 'ExternalClientApplicationId') ??
    strangerProblem(GLOBAL_SETTINGS, value, knownGlobalSettings);
  if (problem !== undefined) return problem;
  if (!hasOauthSettings(context, appOf(value))) {
    return {
      message:
        "The external client app configured in your global OAuth Settings doesn't have a valid OAuth settings configuration.",
    };
  }
  const message = callbackProblem(value) ?? certificateProblem(value) ?? consumerProblem(context, value);
  return message === undefined ? undefined : { message };
};

function hasOauthSettings(context: RuleContext, appName: string): boolean {
  return context.all(OAUTH_SETTINGS).some(({ value }) => appOf(value).toLowerCase() === appName.toLowerCase());
}

/** Callbacks are one element, a URL a line: https, a scheme of an app's own, or this machine. */
function callbackProblem(value: MetadataValue): string | undefined {
  const urls = (textOf(value, 'callbackUrl') ?? '').split(/\s+/).filter((url) => url !== '');
  if (urls.length === 0) return 'Required field is missing: callbackUrl';
  const wrong = urls.find((url) => {
    if (!URL.canParse(url)) return true;
    const { protocol, hostname } = new URL(url);
    return protocol === 'http:' && hostname !== 'localhost' && hostname !== '127.0.0.1';
  });
  if (wrong === undefined) return undefined;
  return `Invalid Callback URL: ${wrong}. It must use HTTPS or a custom URI scheme, but for localhost.`;
}

function certificateProblem(value: MetadataValue): string | undefined {
  const certificate = textOf(value, 'certificate');
  if (certificate === undefined) return undefined;
  try {
    certificateKey(certificate);
    return undefined;
  } catch (error) {
    return `certificate ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** Key and secret are generated; given back as they are, they do no harm. */
function consumerProblem({ org }: RuleContext, value: MetadataValue): string | undefined {
  const consumer = consumerOf(org, appOf(value));
  const key = textOf(value, 'consumerKey');
  const secret = textOf(value, 'consumerSecret');
  const chosen =
    (key !== undefined && key !== consumer?.key && 'consumerKey') ||
    (secret !== undefined && secret !== consumer?.secret && 'consumerSecret');
  return chosen === false ? undefined : notImplementedProblem(`choosing the ${chosen} of an external client app`);
}
