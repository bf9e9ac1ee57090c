// opencx-sf template=customer-email-trigger version=1 sha256=21b0fa435113eb69ad132c31e5a3204a27ab7dffaa3154b13a3603f8f8c259e4
/**
 * Tells OpenCX about mail that a customer sent to a Case. Outgoing mail is Incoming = false and none of its business,
 * so OpenCX never hears its own replies.
 */
trigger AcmeCustomerEmail on EmailMessage (after insert) {
    AcmeDesk.notifyCustomerEmails(Trigger.new);
}
