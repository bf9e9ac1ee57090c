// opencx-sf template=outbound-sender version=1 sha256=e4c81dd3e6dc6bf23757cd7469f9ce2403a3396b0b46264ece15efac67679599
/**
 * Sends the replies that OpenCX writes. Inserting an EmailMessage only logs it on the Case: nothing leaves Salesforce
 * until this trigger sends it.
 *
 * The integration user is looked up by Username. Comparing with UserInfo.getUserId() would not do: in "after insert"
 * that always is the creator, and mail written by people would be sent a second time.
 */
trigger OpenCxOutboundEmailSender on EmailMessage (after insert) {
    // The user OpenCX logs in as: only mail created by this user is sent.
    final String INTEGRATION_USERNAME = 'integration@example.com';

    // Where customers' answers go: the verified Email-to-Case routing address.
    final String REPLY_TO_ADDRESS = 'support@example.com';

    // Verified organization-wide address to send from; null: REPLY_TO_ADDRESS.
    final String ORG_WIDE_EMAIL_ADDRESS = 'care@example.com';

    // Name customers see; only without an organization-wide address, which has a display name of its own.
    final String SENDER_DISPLAY_NAME = null;

    OpenSalesforceCaseManagement.OutboundSender sender = new OpenSalesforceCaseManagement.OutboundSender();
    sender.integrationUsername = INTEGRATION_USERNAME;
    sender.replyToAddress = REPLY_TO_ADDRESS;
    sender.orgWideEmailAddress = ORG_WIDE_EMAIL_ADDRESS;
    sender.senderDisplayName = SENDER_DISPLAY_NAME;
    sender.send(Trigger.new);
}
