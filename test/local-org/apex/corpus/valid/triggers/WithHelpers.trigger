trigger WithHelpers on EmailMessage (after insert) {
  Set<Id> caseIds = new Set<Id>();
  for (EmailMessage message : Trigger.new) {
    if (message.Incoming && message.ParentId != null && message.ParentId.getSObjectType() == Case.SObjectType) {
      caseIds.add(message.ParentId);
    }
  }
  if (caseIds.size() == 0) {
    return;
  }
  Map<Id, Case> cases = new Map<Id, Case>([SELECT Id, CaseNumber FROM Case WHERE Id IN :caseIds]);
  for (EmailMessage message : Trigger.new) {
    if (!cases.containsKey(message.ParentId)) {
      message.addError('no case');
    }
  }
}
