trigger DuplicateTriggerEvent on Account (before insert, before insert) {
}
