trigger TriggerBreak on Account (after insert) {
  break;
}
