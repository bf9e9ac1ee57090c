// opencx-sf template=human-agent-email-trigger version=1 sha256=e3f94568e3adadb2006fe80b69df464a6670427213806cfd5b7993ec80910ff5
/**
 * Tells OpenCX that a person answered from the Case, so that the AI stops replying. Mail created by the integration
 * user is OpenCX's own and is not reported back to it. A draft is reported when it is sent, hence "after update".
 */
trigger OpenEmailMessageHumanAgentTrigger on EmailMessage (after insert, after update) {
    final String INTEGRATION_USERNAME = 'integration@example.com';

    OpenSalesforceCaseManagement.notifyAgentEmails(Trigger.new, Trigger.oldMap, INTEGRATION_USERNAME);
}
