trigger TriggerUnknownType on Account (after insert) {
  Missing m = new Missing();
}
