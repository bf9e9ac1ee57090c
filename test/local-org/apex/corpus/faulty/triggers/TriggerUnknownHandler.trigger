trigger TriggerUnknownHandler on Account (before insert) {
  MissingHandler.run(Trigger.new);
}
