trigger TriggerThis on Account (after update) {
  System.debug(this);
}
