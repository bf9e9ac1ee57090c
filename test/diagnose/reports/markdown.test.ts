import { describe, expect, test } from 'vitest';

import { fail, pass } from '../../../src/diagnose/finding.ts';
import { codeBlock, codeSpan, inlineText } from '../../../src/diagnose/reports/markdown-text.ts';
import { markdownReport } from '../../../src/diagnose/reports/markdown.ts';
import { found, hostileReport, sampleReport } from './sample-report.ts';

test('a run is a verdict, a table of what is to be mended, the details, and the rest folded away', () => {
  const symptom = { id: 'no-case', title: 'Handoff runs but no Case appears' };
  expect(markdownReport(sampleReport({ symptom, causes: ['apex.case-trigger', 'webhook.endpoint'] }))).toBe(
    `# ✗ opencx-sf verify of Acme Support: fail

**1 fail, 1 crash, 1 warn, 1 skip, 1 pass**

Enterprise Edition, sandbox, \`00D5f000000abcDEAQ\`, API 66.0. 14 requests in 2.3 s, 2026-11-20T10:00:00.000Z, opencx-sf 0.1.0.

Symptom: Handoff runs but no Case appears. Most likely cause first: \`apex.case-trigger\`, \`webhook.endpoint\`.

| status | check | what was found |
|---|---|---|
| ✗ fail | \`apex.case-trigger\` | CaseTrigger is inactive. |
| ✗ crash | \`webhook.endpoint\` | The check itself broke; this is a bug in opencx-sf. |
| ! warn | \`email-out.daily-limit\` | 3 of 50 mails are left today. |
| · skip | \`email-in.routing\` | Not looked at: org.e2c comes first. |

## ✗ \`apex.case-trigger\` CaseTrigger is active

CaseTrigger is inactive.

\`\`\`text
ApexTrigger CaseTrigger: Status = Inactive
\`\`\`

1. Switch it on. \`opencx-sf apply --target-org acme\` <https://acme.my.salesforce-setup.com/lightning/setup/ApexTriggers/home>

About this check: \`docs/checks.md#apexcase-trigger\`

## ✗ \`webhook.endpoint\` The endpoint is the webhook URL

The check itself broke; this is a bug in opencx-sf.

\`\`\`text
Cannot read properties of undefined
\`\`\`

About this check: \`docs/checks.md#webhookendpoint\`

## ! \`email-out.daily-limit\` The org may send mail today

3 of 50 mails are left today.

\`\`\`text
SingleEmail: Remaining = 3, Max = 50
\`\`\`

About this check: \`docs/checks.md#email-outdaily-limit\`

<details>
<summary>1 check passes</summary>

- \`org.api\` API 66.0 answers.

</details>
`,
  );
});

test('where all is well, there is no table', () => {
  const findings = [found('org', 'api', 'The org answers', pass('API 66.0 answers.'))];
  const text = markdownReport(sampleReport({ findings }));
  expect(text).toContain('# ✓ opencx-sf verify of Acme Support: pass\n\n**1 pass**\n');
  expect(text).not.toContain('|');
});

test('a symptom that no check explains says so', () => {
  const text = markdownReport(sampleReport({ findings: [], symptom: { id: 'x', title: 'Nothing arrives' } }));
  expect(text).toContain('No check was run.');
  expect(text).toContain('Symptom: Nothing arrives. No check explains it.');
});

describe('text from an org', () => {
  test.each([
    ['HTML', '<script>alert(1)</script>', '&#60;script&#62;alert(1)&#60;/script&#62;'],
    ['a pipe', 'a | b', 'a &#124; b'],
    ['a pipe in a word', 'a_b|c@d', '`a_b`&#124;`c@d`'],
    ['a mention', 'ask @team/leads, now', 'ask `@team/leads`, now'],
    ['an issue', 'see #12 and GH-12', 'see `#12` and `GH-12`'],
    ['a link', '[click](/x) ![pic](y)', '&#91;click&#93;(/x) !&#91;pic&#93;(y)'],
    ['an address of the web', 'go to (https://evil.example/x).', 'go to (`https://evil.example/x`).'],
    ['www', 'www.evil.example', '`www.evil.example`'],
    ['an autolink', '<https://evil.example>', '&#60;`https://evil.example`&#62;'],
    ['an e-mail address', 'support@acme.com is not verified', '`support@acme.com` is not verified'],
    ['an API name', 'OpenCX_Integration, CaseTrigger', '`OpenCX_Integration`, CaseTrigger'],
    ['emphasis', '**bold** ~~gone~~ *x*', '&#42;&#42;bold&#42;&#42; &#126;&#126;gone&#126;&#126; &#42;x&#42;'],
    ['code', 'a `b` c', 'a &#96;b&#96; c'],
    ['code before a mention', '`@team`', '&#96;`@team`&#96;'],
    ['a character reference', '&lt;b&gt;', '&#38;lt;b&#38;gt;'],
    ['a backslash', 'a\\| b', 'a&#92;&#124; b'],
    ['mathematics', '$x$', '&#36;x&#36;'],
    ['a heading', 'a\n\n# b', 'a `#` b'],
    ['a list', '- a', '&#45; a'],
    ['a numbered list', '1. a', '1&#46; a'],
    ['a rule', '---', '&#45;--'],
    ['control characters', 'a\u0000\u001B[31m\u202Eb', 'a&#91;31mb'],
  ])('that is %s means nothing', (_what, text, markdown) => {
    expect(inlineText(text)).toBe(markdown);
  });

  test('in code, backticks do not end it', () => {
    expect(codeSpan('a ``b`` c')).toBe('```a ``b`` c```');
    expect(codeSpan('`a`')).toBe('`` `a` ``');
    expect(codeBlock(['a', '````', '</details>'])).toBe('`````text\na\n````\n</details>\n`````');
  });
});

test('a hostile org can break neither the table nor the document', () => {
  const text = markdownReport(hostileReport());
  const [beforeEvidence = '', evidence = '', afterEvidence = ''] = text.split('````');
  const outsideCode = `${beforeEvidence}${afterEvidence}`;
  const rows = outsideCode.split('\n').filter((line) => line.startsWith('|'));
  expect(rows).toHaveLength(3);
  expect(rows[2]?.match(/\|/g)).toHaveLength(4);
  expect(text.match(/^#/gm)).toHaveLength(2);
  expect(outsideCode).not.toMatch(/<(?!\/?details>|\/?summary>)/);
  expect(outsideCode.replaceAll(/(`+)[^`][\s\S]*?\1/g, '')).not.toMatch(/@team|https?:|\]\(/);
  expect(evidence).toContain('</details>\n```\n<img src=x onerror=alert(1)>');
});

test('a text without end is cut', () => {
  const findings = [
    found('org', 'long', 'Long', fail('y'.repeat(1_000_000), { remedy: [{ text: ')'.repeat(1_000_000) }] })),
  ];
  const text = markdownReport(sampleReport({ findings }));
  expect(text.length).toBeLessThan(5000);
  expect(text).toContain('y… (999000 more characters)');
});
