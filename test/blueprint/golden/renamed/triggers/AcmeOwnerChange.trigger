// opencx-sf template=owner-change-trigger version=1 sha256=9ce2c3121642712722eb388d51a46ad90baadc02c1e493c13d2267744a657616
/**
 * Tells OpenCX that a Case was given to another owner, so that the AI stops replying. Changes made by the integration
 * user are OpenCX's own (takeover, handoff) and are skipped.
 */
trigger AcmeOwnerChange on Case (after update) {
    final String INTEGRATION_USERNAME = 'integration@example.com';

    AcmeDesk.notifyOwnerChanges(Trigger.new, Trigger.oldMap, INTEGRATION_USERNAME);
}
