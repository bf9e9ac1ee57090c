// opencx-sf template=customer-email-trigger version=1 sha256=28e1f3e3cb59443680a0c4c827187b4a49ed85ea9353265282a6b2c8fac50c1c
/**
 * Tells OpenCX about mail that a customer sent to a Case. Outgoing mail is Incoming = false and none of its business,
 * so OpenCX never hears its own replies.
 */
trigger OpenEmailMessageCustomerTrigger on EmailMessage (after insert) {
    OpenSalesforceCaseManagement.notifyCustomerEmails(Trigger.new);
}
