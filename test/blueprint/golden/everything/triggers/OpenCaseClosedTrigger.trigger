// opencx-sf template=case-closed-trigger version=1 sha256=eb0a2731e6b96d35bf7445d540fc857d4455a9e758722b11f946c052b08af125
/**
 * Tells OpenCX that a Case was closed, so that its session can be resolved. Cases closed by the integration user are
 * skipped: OpenCX knows.
 */
trigger OpenCaseClosedTrigger on Case (after update) {
    final String INTEGRATION_USERNAME = 'integration@example.com';

    OpenSalesforceCaseManagement.notifyClosedCases(Trigger.new, Trigger.oldMap, INTEGRATION_USERNAME);
}
