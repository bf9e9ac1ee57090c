trigger TriggerWrongMapKey on Account (after update) {
  for (Account a : Trigger.new) {
    Contact old = Trigger.oldMap.get(a.Id);
  }
}
