// opencx-sf template=owner-change-trigger version=1 sha256=cd8c6487159ef8bce6613ac6c37c6210a495c968d00171ae557fc739469521f0
/**
 * Tells OpenCX that a Case was given to another owner, so that the AI stops replying. Changes made by the integration
 * user are OpenCX's own (takeover, handoff) and are skipped.
 */
trigger OpenCaseOwnerChangeTrigger on Case (after update) {
    final String INTEGRATION_USERNAME = 'integration@example.com';

    OpenSalesforceCaseManagement.notifyOwnerChanges(Trigger.new, Trigger.oldMap, INTEGRATION_USERNAME);
}
