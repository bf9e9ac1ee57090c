trigger TriggerIsVoid on Case (after update) {
  Case c = Trigger.oldMap.get('x').Wrong;
}
