import { byCode, type KnownError } from './known-error.ts';

/**
 * What reading and saving records is refused with, in Apex and over the API. Where a row names no other source, it is the list of
 * status codes (SOAP API Developer Guide, "Core Data Types Used in API Calls").
 */
export const recordErrors: readonly KnownError[] = [
  ...byCode({
    // Help articles 000387931 (Contact without an Account) and 000392091 (address of the user not verified).
    INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY: {
      meaning: 'The running user may not use a record that this one refers to: the Case, its Contact, or a user.',
      mend: 'Let the integration user see Cases, Contacts and Accounts, by permission set or sharing; a Contact without an Account is private to its owner. In mail it also means a sender whose address is not verified, or an organization-wide address that this profile may not use.',
      setupPage: 'OrgWideEmailAddresses/home',
    },
    INSUFFICIENT_ACCESS_OR_READONLY: {
      meaning: 'The running user may not change this record.',
      mend: 'Give the integration user edit access to it: opencx-sf apply assigns what permission sets are missing. A sharing rule or a locked record may stand against it too.',
    },
    INSUFFICIENT_ACCESS: {
      meaning: 'The running user lacks a permission for this.',
      mend: 'opencx-sf apply assigns what permission sets the integration user is missing. If the message names the id of a user, the address of that user has to be verified.',
      setupPage: 'ManageUsers/home',
    },
    // Reference of SingleEmailMessage: attachments of a mail may have 10 MB; for records it is the storage of the org.
    STORAGE_LIMIT_EXCEEDED: {
      meaning: 'The storage of the org is full, or, for a mail, its attachments are larger than 10 MB.',
      mend: 'Setup → Storage Usage tells what fills it. For a mail, attach less.',
      setupPage: 'CompanyResourceDisk/home',
    },
    LIMIT_EXCEEDED: {
      meaning: 'A limit was passed; for a mail, its recipients: 150 in all, or 15 in a Developer Edition or trial.',
      mend: 'Write to fewer recipients at once; for other records the message names the limit.',
    },
    FIELD_CUSTOM_VALIDATION_EXCEPTION: {
      meaning: 'A validation rule of this org refused the record; the message is the text of the rule.',
      mend: 'Let the rule except the integration user, or give its field a default. If only Apex tests meet it, set blueprint.testRecords.',
      setupPage: 'ObjectManager/Case/ValidationRules/view',
    },
    // Apex Developer Guide, "Record Locks": after ten seconds of waiting.
    UNABLE_TO_LOCK_ROW: {
      meaning: 'Somebody else was changing the same record (the Case, mostly) for longer than ten seconds.',
      mend: 'It passes by itself and the next attempt mostly goes through. If it comes often, look for automation that changes many Cases at once.',
    },
    INVALID_FIELD: {
      meaning: 'A field does not exist, or the user may not see it, which Salesforce tells in the same words.',
      mend: 'opencx-sf apply makes the fields of OpenCX and gives the integration user access to them.',
      setupPage: 'ObjectManager/Case/FieldsAndRelationships/view',
    },
    INVALID_FIELD_FOR_INSERT_UPDATE: {
      meaning: 'The user may not write one of the fields named.',
      mend: 'Give the integration user edit access to the field: opencx-sf apply assigns the permission set.',
    },
    REQUIRED_FIELD_MISSING: {
      meaning: 'A required field is empty; for a mail, its recipient or its body.',
      mend: 'Give the field a default in this org, or let OpenCX fill it. If only Apex tests meet it, set blueprint.testRecords.',
    },
    FIELD_INTEGRITY_EXCEPTION: {
      meaning: 'Values of the record contradict each other, or one is out of its range; the message names the field.',
      mend: 'Correct the value that the message names.',
    },
    INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST: {
      meaning: 'The value is none of the picklist of this org.',
      mend: 'Add the value to the picklist, or let OpenCX use one that is there.',
      setupPage: 'ObjectManager/Case/FieldsAndRelationships/view',
    },
    STRING_TOO_LONG: {
      meaning: 'A text is longer than its field may be; the message names field and length.',
      mend: 'Shorten it; the address fields of a mail take 4,000 bytes each.',
    },
    INVALID_CROSS_REFERENCE_KEY: {
      meaning: 'An id leads to nothing that the running user may see.',
      mend: 'The record may be deleted, or not shared with the integration user; check the id that the message names.',
    },
    INACTIVE_OWNER_OR_USER: {
      meaning: 'The owner of the record, or a user it names, is switched off.',
      mend: 'Give the Case to an active user or a queue.',
    },
    ENTITY_IS_DELETED: {
      meaning: 'The record was deleted in the meantime.',
      mend: 'Nothing is to be mended, unless somebody deletes Cases that OpenCX still works on.',
    },
    ENTITY_IS_LOCKED: {
      meaning: 'An approval process has locked the record.',
      mend: 'Finish or recall the approval, or let the process except the integration user.',
    },
    DUPLICATES_DETECTED: {
      meaning: 'A duplicate rule of this org refused the record.',
      mend: 'Let the rule allow it, or except the integration user.',
      setupPage: 'DuplicateRules/home',
    },
    // Apex Developer Guide, "Triggers": an exception of any trigger, or of a flow, refuses the record.
    CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY: {
      meaning: 'A trigger of this org threw while the record was saved; the message names the trigger and its line.',
      mend: 'If it is none of those that opencx-sf deployed, its owner has to mend it; a run with --all shows what it did.',
      setupPage: 'ApexTriggers/home',
    },
    CANNOT_EXECUTE_FLOW_TRIGGER: {
      meaning: 'A flow of this org failed while the record was saved; the message names the flow.',
      mend: 'The owner of the flow has to mend it.',
      setupPage: 'Flows/home',
    },
    // 403 of the REST API where the edition has no API, or the user no "API Enabled".
    API_DISABLED_FOR_ORG: {
      meaning: 'The edition has no API access, or the user lacks "API Enabled".',
      mend: 'Give the integration user "API Enabled", by its profile or a permission set.',
      setupPage: 'ManageUsers/home',
    },
    API_CURRENTLY_DISABLED: {
      meaning: 'Salesforce has switched the API of this org off for now.',
      mend: 'See https://status.salesforce.com and messages to the administrators of the org.',
    },
    REQUEST_LIMIT_EXCEEDED: {
      meaning: 'The org has used up its API requests for 24 hours, or too many run at once.',
      mend: 'Setup → Company Information tells how many are used; wait, or find what uses them up.',
      setupPage: 'CompanyProfileInfo/home',
    },
    INSERT_UPDATE_DELETE_NOT_ALLOWED_DURING_MAINTENANCE: {
      meaning: 'The instance is being upgraded and takes no changes.',
      mend: 'Try again when the maintenance is over: https://status.salesforce.com.',
    },
  }),
  {
    // Apex Developer Guide, "Execution Governors and Limits": a LimitException cannot be caught and undoes the transaction.
    code: 'System.LimitException',
    pattern: /System\.LimitException/,
    meaning: 'The transaction ran over a limit of Apex, which undoes all of it, whoever used the limit up.',
    mend: 'See which automation runs on the same records: opencx-sf logs --all shows it. The Apex of opencx-sf stops before limits, and says so.',
  },
];
