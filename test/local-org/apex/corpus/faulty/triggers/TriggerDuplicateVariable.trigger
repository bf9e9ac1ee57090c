trigger TriggerDuplicateVariable on Account (after insert) {
  Integer a = 1;
  Integer a = 2;
}
