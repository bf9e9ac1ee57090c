// opencx-sf template=case-trigger version=1 sha256=a1a3e4d38996cbe0e3aa0c4823547b975a07603663c36c365d1d9822d2c6b3ed
/**
 * Tells OpenCX about new Cases, except those that OpenCX created itself: they carry its mark, or were created by
 * its integration user.
 */
trigger AcmeNewCase on Case (after insert) {
    final String INTEGRATION_USERNAME = 'integration@example.com';

    AcmeDesk.notifyNewCases(Trigger.new, INTEGRATION_USERNAME);
}
