import type { Component } from '../../state/component-store.ts';
import { fieldText } from '../../state/field-text.ts';
import type { StoredRecord } from '../../state/record-store.ts';
import { writeMetadataFile } from '../elements/metadata-value.ts';
import type { MetadataValue } from '../elements/metadata-value.ts';
import { pathOf } from './component-path.ts';

/** A component of which nothing is stored but its row: what the row says is its metadata. */
export function rowComponent(row: StoredRecord, type: string, fullName: string, value: MetadataValue): Component {
  return {
    type,
    fullName,
    fileName: pathOf(type, fullName),
    body: undefined,
    xml: writeMetadataFile(type, value),
    recordId: row.Id,
    createdDate: fieldText(row['CreatedDate']),
    lastModifiedDate: fieldText(row['LastModifiedDate']),
  };
}
