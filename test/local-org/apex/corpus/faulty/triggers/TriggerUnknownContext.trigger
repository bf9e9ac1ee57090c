trigger TriggerUnknownContext on Account (before insert) {
  System.debug(Trigger.newest);
}
