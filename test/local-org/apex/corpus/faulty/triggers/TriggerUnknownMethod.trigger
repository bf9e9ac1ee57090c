trigger TriggerUnknownMethod on Account (before insert) {
  PrivateMethodOwner.missing(Trigger.new);
}
