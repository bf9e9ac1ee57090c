import { quoted } from '../../provision/org/soql-literal.ts';
import { isApex, readOrgComponents, type OrgApex, type OrgComponents } from '../../provision/org/org-components.ts';
import { withoutComments } from '../../provision/plan/hand-made.ts';
import type { Reading } from './reading.ts';

const deployed: ReadonlySet<string> = new Set(['ExternalCredential', 'CustomField']);

/** Triggers, our classes and fields as the org holds them. */
export const components: Reading<OrgComponents> = {
  what: 'Tooling API: ApexTrigger, ApexClass, CustomField',
  read: ({ org, drawn }) =>
    readOrgComponents(org, {
      ...drawn.whole,
      components: drawn.whole.components.filter((one) => isApex(one) || deployed.has(one.type)),
    }),
};

/** Where the product or the page has put what only the configuration should say. */
export interface FoundInApex {
  replyTo: string | undefined;
  integrationUsername: string | undefined;
}

/** Constants of the triggers, by the names that the page and the templates give them. */
export const constants: Reading<FoundInApex> = {
  what: 'REPLY_TO_ADDRESS and INTEGRATION_USERNAME in the text of the triggers',
  read: async ({ read }) => {
    const { apex } = await read(components);
    return {
      replyTo: firstConstant(apex, 'REPLY_TO_ADDRESS'),
      integrationUsername: firstConstant(apex, 'INTEGRATION_USERNAME'),
    };
  },
};

function firstConstant(apex: readonly OrgApex[], name: string): string | undefined {
  return apex.map(({ body }) => constantIn(body, name)).find((value) => value !== undefined && value !== '');
}

/** The text that a constant of this name is given; undefined where there is none or it is null. */
export function constantIn(body: string, name: string): string | undefined {
  const found = new RegExp(String.raw`\b${name}\s*=\s*'((?:\\.|[^'\\])*)'`, 'i').exec(withoutComments(body));
  return found?.[1]?.replaceAll(/\\(.)/g, '$1');
}

interface CoverageRow {
  ApexClassOrTrigger: { Name: string } | null;
  NumLinesCovered: number | null;
  NumLinesUncovered: number | null;
}

export interface Coverage {
  name: string;
  covered: number;
  uncovered: number;
}

/** Coverage of the last run of tests, class by class. */
export const coverage: Reading<readonly Coverage[]> = {
  what: 'Tooling API: ApexCodeCoverageAggregate',
  read: async ({ org, drawn }) => {
    const names = drawn.parts.apex.components.map(({ fullName }) => fullName);
    const rows = await org.toolingQuery<CoverageRow>(
      `SELECT ApexClassOrTrigger.Name, NumLinesCovered, NumLinesUncovered FROM ApexCodeCoverageAggregate WHERE ApexClassOrTrigger.Name IN (${quoted(names)})`,
      'reading test coverage',
    );
    return rows.map((row) => ({
      name: row.ApexClassOrTrigger?.Name ?? '',
      covered: row.NumLinesCovered ?? 0,
      uncovered: row.NumLinesUncovered ?? 0,
    }));
  },
};
