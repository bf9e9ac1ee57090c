trigger ByOperation on Contact (before insert, after update) {
  switch on Trigger.operationType {
    when BEFORE_INSERT {
      for (Integer i = 0; i < Trigger.size; i++) {
        Trigger.new[i].LastName = 'x';
      }
    }
    when AFTER_UPDATE {
      Set<Id> ids = Trigger.newMap.keySet();
      System.debug(ids);
    }
    when else {
      return;
    }
  }
}
