trigger ChangedOwner on Case (after update) {
  List<Case> changed = new List<Case>();
  for (Case record : Trigger.new) {
    Case before1 = Trigger.oldMap.get(record.Id);
    if (record.OwnerId != before1.OwnerId && record.LastModifiedById != UserInfo.getUserId()) {
      changed.add(record);
    }
  }
  if (!changed.isEmpty()) {
    TriggerSupport.handle(changed, Trigger.oldMap);
  }
}
