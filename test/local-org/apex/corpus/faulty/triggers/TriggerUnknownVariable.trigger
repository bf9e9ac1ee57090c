trigger TriggerUnknownVariable on Account (before insert) {
  for (Account a : Trigger.new) {
    a.Name = missing;
  }
}
