// opencx-sf template=human-agent-email-trigger version=1 sha256=b624ec94f764924221e4c4df2bc6b61840350c67b6ca175f2ce88c684538d9a4
/**
 * Tells OpenCX that a person answered from the Case, so that the AI stops replying. Mail created by the integration
 * user is OpenCX's own and is not reported back to it. A draft is reported when it is sent, hence "after update".
 */
trigger AcmeAgentEmail on EmailMessage (after insert, after update) {
    final String INTEGRATION_USERNAME = 'integration@example.com';

    AcmeDesk.notifyAgentEmails(Trigger.new, Trigger.oldMap, INTEGRATION_USERNAME);
}
