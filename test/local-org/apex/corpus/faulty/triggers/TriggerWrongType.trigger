trigger TriggerWrongType on Case (after update) {
  List<Account> rows = Trigger.new;
}
