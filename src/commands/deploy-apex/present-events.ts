import type { DeployApexEvent } from '../../provision/deploy/deploy-outcome.ts';
import type { RivalTrigger } from '../../provision/plan/hand-made.ts';
import type { ComponentMessage, DeployStatus } from '../../salesforce/metadata/deploy-status.ts';
import type { Progress } from '../../terminal/progress.ts';
import { safeText } from '../../terminal/safe-text.ts';
import type { Terminal } from '../../terminal/terminal.ts';

/** Tells the person watching what happens, as it happens. Nothing of this is the result: it all goes to stderr. */
export function presentEvent(event: DeployApexEvent, terminal: Terminal, progress: Progress): void {
  const colour = terminal.errColour;
  switch (event.kind) {
    case 'org': {
      const { org } = event;
      progress.line(
        `${colour.bold('Org')} ${safeText(org.name)} · ${org.id} · ${org.edition}, ${org.kind} · API ${event.apiVersion}`,
      );
      progress.line(colour.dim(`    ${safeText(org.instanceUrl)}`));
      return;
    }
    case 'reading':
      progress.update('Reading what the org holds');
      return;
    case 'plan':
      // What follows may be a question about a rival trigger, and a spinner would draw over it.
      progress.pause();
      for (const item of event.plan.items.filter((one) => one.action === 'adopt')) {
        progress.line(
          `${colour.yellow('Adopting')} ${item.component.type} ${safeText(item.component.fullName)}: the org has one that opencx-sf did not write; it is replaced.`,
        );
      }
      return;
    case 'kept-rival':
      return;
    case 'snapshot':
      progress.line(colour.dim(`A copy of what is replaced: ${event.folder}`));
      return;
    case 'submitted':
      progress.line(
        `${colour.bold('Deployment')} ${event.id}${event.recovered ? ' (its answer was lost; found in the org)' : ''}${event.protocol === 'soap' ? ' (SOAP: the org refuses REST)' : ''}`,
      );
      progress.update('Waiting for the org');
      return;
    case 'status':
      progress.update(statusLine(event.status));
      return;
    case 'component-failure':
      progress.line(`${colour.red('✗')} ${componentLine(event.failure)}`);
      return;
    case 'test-failure':
      progress.line(
        `${colour.red('✗')} ${safeText(`${event.failure.className}.${event.failure.methodName}: ${event.failure.message}`)}`,
      );
      return;
    case 'trouble':
      progress.line(
        colour.yellow(
          `The org did not answer (${event.code}); asking again, ${event.attempt} of ${event.budget}. ${safeText(event.message).slice(0, 160)}`,
        ),
      );
      return;
    case 'reading-back':
      progress.update('Reading back what the org holds now');
      return;
  }
}

/** The warning that a rival was left active; it goes into the result's warnings. */
export function keptRival(rival: RivalTrigger): string {
  return safeText(`${rival.trigger.name} stays active and ${rival.evidence}: customers may get mails twice.`);
}

/** One line of a running deployment; the same text while nothing changes, so that logs stay short. */
function statusLine(status: DeployStatus): string {
  const { components, tests } = status;
  const parts: string[] = [status.state];
  if (components.total > 0) parts.push(`components ${components.deployed}/${components.total}`);
  if (tests.total > 0) parts.push(`tests ${tests.completed}/${tests.total}`);
  if (status.stateDetail !== undefined) parts.push(safeText(status.stateDetail));
  return parts.join(' · ');
}

export function componentLine(message: ComponentMessage): string {
  const place = message.line === undefined ? '' : ` ${message.line}:${message.column ?? 1}`;
  return safeText(
    `${message.type} ${message.fullName}${place}${message.problem === undefined ? '' : `: ${message.problem}`}`,
  );
}
