trigger TriggerReturnsValue on Account (before insert) {
  return 1;
}
