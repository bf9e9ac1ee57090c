trigger UnknownTriggerObject on Missing__c (before insert) {
}
