// opencx-sf template=case-trigger version=1 sha256=803f1a51d20a1824edb3fa505ce7910a4ca69b6d78be66e61b526f978915aa12
/**
 * Tells OpenCX about new Cases, except those that OpenCX created itself: they carry its mark, or were created by
 * its integration user.
 */
trigger OpenCaseTrigger on Case (after insert) {
    final String INTEGRATION_USERNAME = 'integration@example.com';

    OpenSalesforceCaseManagement.notifyNewCases(Trigger.new, INTEGRATION_USERNAME);
}
