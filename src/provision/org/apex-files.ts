import type { OrgApex } from './org-components.ts';

/**
 * The two files of a class or trigger in an mdapi package.
 * @param apex its name, and the API version it keeps
 */
export function apexFiles(
  { type, name, apiVersion }: Pick<OrgApex, 'type' | 'name' | 'apiVersion'>,
  body: string,
  status: string,
): { path: string; content: string }[] {
  const path = type === 'ApexClass' ? `classes/${name}.cls` : `triggers/${name}.trigger`;
  const meta = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<${type} xmlns="http://soap.sforce.com/2006/04/metadata">`,
    `    <apiVersion>${apiVersion}</apiVersion>`,
    `    <status>${status}</status>`,
    `</${type}>`,
    '',
  ].join('\n');
  return [
    { path, content: body },
    { path: `${path}-meta.xml`, content: meta },
  ];
}
