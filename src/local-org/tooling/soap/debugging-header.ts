import { logCategoryNames, logLevelNamed } from '../../apex/logs/log-levels.ts';
import type { LogLevels } from '../../apex/logs/log-levels.ts';
import type { LogCategory, LogLevel } from '../../apex/run/debug-log.ts';
import { SoapFault } from '../../metadata/soap/envelope.ts';
import { childOf, childrenOf, childText } from '../../metadata/xml/xml-element.ts';
import type { XmlElement } from '../../metadata/xml/xml-element.ts';

/** `LogCategory` of the WSDL, in lower case. `Wave` and `Nba` are of features that write nothing here. */
const categories: Readonly<Record<string, readonly LogCategory[]>> = {
  db: ['Database'],
  workflow: ['Workflow'],
  validation: ['Validation'],
  callout: ['Callout'],
  apex_code: ['ApexCode'],
  apex_profiling: ['ApexProfiling'],
  visualforce: ['Visualforce'],
  system: ['System'],
  wave: [],
  nba: [],
  all: logCategoryNames,
};

const debugOnly = { ApexCode: 'DEBUG', ApexProfiling: 'INFO' } as const;
const withData = { ...debugOnly, Database: 'INFO' } as const;
const withMethods = { ...withData, ApexCode: 'FINE', ApexProfiling: 'FINE' } as const;

/**
 * `LogType` of the WSDL, in lower case: what came before categories, each with more than the one before (SOAP API
 * Developer Guide, `DebuggingHeader`; Apex Developer Guide, "Debugging Apex API Calls").
 */
const logTypes: Readonly<Record<string, LogLevels>> = {
  none: {},
  debugonly: debugOnly,
  db: withData,
  profiling: withMethods,
  callout: { ...withMethods, Callout: 'INFO' },
  detail: Object.fromEntries(logCategoryNames.map((category): [LogCategory, LogLevel] => [category, 'FINEST'])),
};

/**
 * Levels that a request asks for. Where there are categories, the older `debugLevel` does not count.
 * @param header of the envelope
 * @returns undefined where no log is asked for
 * @throws SoapFault soapenv:Client for a word the WSDL does not have
 */
export function requestedLevels(header: XmlElement | undefined): LogLevels | undefined {
  const debugging = header === undefined ? undefined : childOf(header, 'DebuggingHeader');
  if (debugging === undefined) return undefined;
  const chosen = childrenOf(debugging, 'categories');
  const levels = chosen.length > 0 ? levelsOf(chosen) : logType(childText(debugging, 'debugLevel'));
  return Object.keys(levels).length === 0 ? undefined : levels;
}

function levelsOf(chosen: readonly XmlElement[]): LogLevels {
  const levels: Partial<Record<LogCategory, LogLevel>> = {};
  for (const element of chosen) {
    const category = childText(element, 'category') ?? '';
    const named = Object.hasOwn(categories, category.toLowerCase()) ? categories[category.toLowerCase()] : undefined;
    if (named === undefined) throw notInEnumeration(category, 'LogCategory');
    const word = childText(element, 'level') ?? '';
    const level = logLevelNamed(word);
    if (level === undefined) throw notInEnumeration(word, 'LogCategoryLevel');
    for (const one of named) levels[one] = level;
  }
  return levels;
}

function logType(word = 'None'): LogLevels {
  const levels = Object.hasOwn(logTypes, word.toLowerCase()) ? logTypes[word.toLowerCase()] : undefined;
  if (levels === undefined) throw notInEnumeration(word, 'LogType');
  return levels;
}

function notInEnumeration(word: string, type: string): SoapFault {
  return new SoapFault('soapenv:Client', `'${word}' is not a valid value for the type {${apexNamespace}}${type}`);
}

/** Of the SOAP Apex API. */
export const apexNamespace = 'http://soap.sforce.com/2006/08/apex';
