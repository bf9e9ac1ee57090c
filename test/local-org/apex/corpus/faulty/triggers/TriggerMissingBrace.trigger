trigger TriggerMissingBrace on Account (before insert) {
  System.debug('x');
