trigger TriggerWrongLoop on Account (before insert) {
  for (Contact c : Trigger.new) {
    System.debug(c);
  }
}
