import { metadataFile } from './package-zip.ts';
import type { PackageFiles } from './package-zip.ts';

/** A flow that a saved record of an object starts, as Flow Builder writes one. */
export function recordFlow(
  name: string,
  { object = 'Case', status = 'Active', label = name }: { object?: string; status?: string; label?: string } = {},
): PackageFiles {
  return {
    [`flows/${name}.flow`]: metadataFile('Flow', [
      '<apiVersion>68.0</apiVersion>',
      '<description>Sets the priority</description>',
      '<environments>Default</environments>',
      `<interviewLabel>${label} {!$Flow.CurrentDateTime}</interviewLabel>`,
      `<label>${label}</label>`,
      '<processMetadataValues><name>BuilderType</name><value><stringValue>LightningFlowBuilder</stringValue></value></processMetadataValues>',
      '<processType>AutoLaunchedFlow</processType>',
      '<recordUpdates><name>Set_Priority</name><label>Set Priority</label><locationX>176</locationX><locationY>287</locationY>' +
        '<inputAssignments><field>Priority</field><value><stringValue>High</stringValue></value></inputAssignments>' +
        '<inputReference>$Record</inputReference></recordUpdates>',
      '<start><locationX>50</locationX><locationY>0</locationY><connector><targetReference>Set_Priority</targetReference></connector>' +
        `<object>${object}</object><recordTriggerType>CreateAndUpdate</recordTriggerType><triggerType>RecordAfterSave</triggerType></start>`,
      `<status>${status}</status>`,
    ]),
  };
}
