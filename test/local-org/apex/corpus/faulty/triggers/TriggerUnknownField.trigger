trigger TriggerUnknownField on Account (before insert) {
  for (Account a : Trigger.new) {
    a.Wrong__c = 'x';
  }
}
