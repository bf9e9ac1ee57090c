// opencx-sf template=bounce-trigger version=1 sha256=0c6dfbf212a83039df54ba04ffdd5ab9f939fc509489f525dd464f0b5ff773ca
/**
 * Tells OpenCX that mail sent from a Case came back. Salesforce sets IsBounced some time after sending, and only in
 * orgs with Lightning Threading.
 */
trigger OpenEmailMessageBounceTrigger on EmailMessage (after update) {
    OpenSalesforceCaseManagement.notifyBouncedEmails(Trigger.new, Trigger.oldMap);
}
