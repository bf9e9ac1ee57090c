trigger AllEvents on Account (before insert, before update, before delete, after insert, after update, after delete, after undelete) {
  if (Trigger.isBefore) {
    if (Trigger.isInsert || Trigger.isUpdate) {
      for (Account a : Trigger.new) {
        a.Name = a.Name?.trim();
      }
    }
  } else if (Trigger.isAfter && Trigger.isDelete) {
    for (Account a : Trigger.old) {
      System.debug(a.Name);
    }
  }
}
